/** Rows whose divisions get their names from another platform, which reports a version of its reference data. */
import { createId } from '@yiwang/schema';
import { composeSupergraph } from '@yiwang/schema/compose';
import { parse } from 'graphql';
import type { Limits } from '../../model/limits.ts';
import { type Answer, type CountryPlatform, startCountryPlatform, well } from './country-platform.ts';
import { startToyEngine, type ToyEngine, type ToyEngineOptions } from './toys/toy-engine.ts';
import { startToyPlatform, TOY_SDL, type ToyPlatform } from './toys/toy-platform.ts';

export interface NamesWorld {
  readonly rows: ToyPlatform;
  readonly names: CountryPlatform;
  startEngine(
    planner?: ToyEngineOptions['planner'],
    limits?: Partial<Limits>,
    conformance?: ToyEngineOptions['conformance'],
  ): Promise<ToyEngine>;
  /** Two rows, names of version `v1`, and no calls so far. */
  reset(): void;
  close(): Promise<void>;
}

const INDEX_SDL = `
  type Query { places: [Place!]! @classified(as: OPEN) }
  interface Place { id: ID! }
  type Park implements Place @key(fields: "id") @classified(as: OPEN) { id: ID! }
  type Street implements Place @key(fields: "id") @classified(as: OPEN) { id: ID! }
`;
const NAMES_SDL = `
  interface Place { id: ID! title: String }
  type Park implements Place @key(fields: "id") @classified(as: OPEN) { id: ID! title: String! }
  type Street implements Place @key(fields: "id") @classified(as: OPEN) { id: ID! title: String }
  type Division @key(fields: "code") @classified(as: OPEN) {
    code: DivisionCode! @jurisdiction
    name(language: String = "zh"): String
    seat: Seat
  }
  type Seat @classified(as: OPEN) { street: String! lines: [Line!]! }
  type Line @classified(as: OPEN) { text: String! }
`;

/** A representation that the platform of names is asked about. */
export interface Key {
  readonly __typename: string;
  readonly id: string;
  readonly code: string;
}

function entityOf({ __typename, id, code }: Key): object | null {
  if (__typename !== 'Division') return { __typename, id, title: `title of ${id}` };
  if (code === NOWHERE) return null;
  return {
    __typename,
    code,
    name: ({ language }: { language: string | null }) => `${code} in ${language}`,
    seat: { street: `street of ${code}`, lines: [{ text: 'a' }, { text: 'b' }] },
  };
}

/** A division that it does not know. */
export const NOWHERE = '420115001';
export const row = (division: string, serial: number) => {
  return { id: createId(division, 'R', serial), division, kind: 'A', size: serial, at: '2026-01' };
};
export const WUCHANG = row('420106003', 1);
export const JIANGAN = row('420102001', 2);
export const JIANGHAN = row('420103001', 3);

export const JOIN = '{ list { id division { code name } } }';

/** What `JOIN` gives for these rows. */
export const joined = (...given: readonly { id: string; division: string }[]) => ({
  list: given.map(({ id, division: code }) => ({ id, division: { code, name: `${code} in zh` } })),
});

export const away: Answer = (_call, _well, response) => void response.destroy();

export async function startNamesWorld(): Promise<NamesWorld> {
  const composition = composeSupergraph([
    { name: 'toy', sdl: TOY_SDL },
    { name: 'names', sdl: parse(NAMES_SDL) },
    { name: 'index', sdl: parse(INDEX_SDL) },
  ]);
  if (composition.kind === 'failed') throw new Error(composition.errors.join('\n'));
  const { supergraph } = composition;
  const rows = await startToyPlatform();
  const names = await startCountryPlatform(
    `${NAMES_SDL} union _Entity = Division | Park | Street
     type Query { _entities(representations: [_Any!]!): [_Entity]! }`,
    { _entities: ({ representations }: { representations: Key[] }) => representations.map(entityOf) },
  );
  const index = await startCountryPlatform(INDEX_SDL, {
    places: [
      { __typename: 'Park', id: 'p' },
      { __typename: 'Street', id: 's' },
    ],
  });
  const others = [
    { subgraph: 'names', url: names.url },
    { subgraph: 'index', url: index.url },
  ];
  return {
    rows,
    names,
    startEngine: (planner, limits = {}, conformance = undefined) =>
      startToyEngine(
        [{ division: '420100', platform: rows }],
        { platformDeadlineMs: 1_000, breakerFailures: 1_000, ...limits },
        { supergraph, others, conformance, ...(planner ? { planner } : {}) },
      ),
    reset() {
      rows.rows = [WUCHANG, JIANGAN];
      rows.calls.length = 0;
      Object.assign(names, { version: 'v1', answer: well });
      names.calls.length = 0;
    },
    async close() {
      names.close();
      index.close();
      await rows.close();
    },
  };
}
