/** Fields of one name with different types in different objects: platforms get aliases, and clients the one name. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import { composeSupergraph } from '@yiwang/schema/compose';
import { parse } from 'graphql';
import { type CountryPlatform, startCountryPlatform } from '../support/country-platform.ts';
import { startToyEngine, type ToyEngine } from '../support/toys/toy-engine.ts';

const ROWS_SDL = `
  type Query { rows(within: DivisionCode @jurisdiction): [Item!]! @gather(by: CONCAT, key: "id") @classified(as: OPEN) }
  type Item @key(fields: "id") @partitioned @classified(as: OPEN) { id: ID! @jurisdiction(by: ID) about: [Thing!]! }
  union Thing = Park | Street
  type Park @classified(as: OPEN) { size: Int! @shareable }
  type Street @classified(as: OPEN) { size: Int }
`;
/** Since a park's size may be null here, clients may ask for both sizes under one name. */
const OTHER_SDL =
  'type Query { park: Park @classified(as: OPEN) } type Park @classified(as: OPEN) { size: Int @shareable }';

let platforms: CountryPlatform[];
let engine: ToyEngine;

beforeAll(async () => {
  const composition = composeSupergraph([
    { name: 'toy', sdl: parse(ROWS_SDL) },
    { name: 'other', sdl: parse(OTHER_SDL) },
  ]);
  if (composition.kind === 'failed') throw new Error(composition.errors.join('\n'));
  const divisions = ['420100', '420500'];
  platforms = await Promise.all(
    divisions.map((division, i) => {
      const about = [
        { __typename: 'Park', size: i },
        { __typename: 'Street', size: 7 },
      ];
      return startCountryPlatform(ROWS_SDL, { rows: [{ id: createId(division, 'R', 1), about }] });
    }),
  );
  const placed = divisions.map((division, i) => ({ division, platform: platforms[i]! }));
  engine = await startToyEngine(placed, {}, { supergraph: composition.supergraph });
});

afterAll(async () => {
  await engine.close();
  for (const platform of platforms) platform.close();
});

test('each platform accepts the two aliases, and the answer has the one name', async () => {
  const query = '{ rows { id about { ... on Park { size } ... on Street { size } } } }';
  const { data, errors } = await engine.ask(query);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    rows: [
      { id: '420100-R-1', about: [{ size: 0 }, { size: 7 }] },
      { id: '420500-R-1', about: [{ size: 1 }, { size: 7 }] },
    ],
  });
});
