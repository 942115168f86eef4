/** The number of entities that one platform call asks for. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { JIANGAN, JIANGHAN, JOIN, joined, type NamesWorld, startNamesWorld, WUCHANG } from '../support/names-world.ts';

let world: NamesWorld;

beforeAll(async () => {
  world = await startNamesWorld();
});

afterAll(() => world.close());

test.each([
  [2, [2]],
  [3, [2, 1]],
] as const)(
  'entitiesPerCallMax of 2: %d are entityCounts for in calls of %p, and all are named',
  async (count, sizes) => {
    world.reset();
    const rows = [JIANGAN, JIANGHAN, WUCHANG].slice(0, count);
    world.rows.rows = rows;
    const engine = await world.startEngine(undefined, { entitiesPerCallMax: 2 });
    const { data, errors } = await engine.ask(JOIN);
    await engine.close();
    expect([data, errors]).toEqual([joined(...rows), []]);
    const entityCounts = world.names.calls.map(({ variables }) => Object.values(variables).flat().length);
    expect(entityCounts.sort((a, b) => b - a)).toEqual(sizes);
  },
);
