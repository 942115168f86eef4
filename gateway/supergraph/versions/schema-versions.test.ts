import { describe, expect, test } from '@jest/globals';
import type { OperationServer } from '../../http/index.ts';
import type { SchemaVersion } from './load-version.ts';
import { createSchemaVersions } from './schema-versions.ts';

const HOUR_MS = 3_600_000;

/** What happened, in order. */
let log: string[] = [];
/** The addresses of those that are left. */
let kept: readonly string[] = [];

function graphOf(name: string): SchemaVersion['loaded'] {
  const graph: OperationServer = {
    viewOf: () => {
      throw new Error('not asked here');
    },
    serverOf: () => {
      throw new Error('not asked here');
    },
    upstream: undefined,
    stop: async () => undefined,
  };
  return {
    server: graph,
    locations: [],
    plansWarmed: 0,
    usedOperations: () => [],
    useDirectory: () => undefined,
    close: async () => void log.push(`stop ${name}`),
  };
}

function generation(number: number, loaded: SchemaVersion['loaded']): SchemaVersion {
  const rest = {
    supergraph: '',
    network: undefined,
    loadedAt: new Date(0),
    platforms: [],
    endpoints: [`http://${number}`],
  };
  return { ...rest, number, loaded, serve: () => void log.push(`serve ${number}`) };
}

function start(loaded: SchemaVersion['loaded'], drainMs = HOUR_MS) {
  log = [];
  return createSchemaVersions(generation(1, loaded), {
    drainMs,
    drainingMax: 3,
    onChange: (left) => {
      kept = left.flatMap(({ endpoints }) => endpoints);
    },
  });
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a generation that is not served any more', () => {
  test('is closed when its last operation has left, and not before', async () => {
    const first = graphOf('first');
    const generations = start(first);
    const [one, two] = [generations.acquire(), generations.acquire()];
    await generations.replace(generation(2, graphOf('second')));
    expect([one.server, generations.acquire().server === one.server]).toEqual([first.server, false]);
    one.release();
    await settled();
    expect([log, generations.draining, kept]).toEqual([['serve 1', 'serve 2'], 1, ['http://1', 'http://2']]);
    two.release();
    await settled();
    expect([log, generations.draining, kept]).toEqual([['serve 1', 'serve 2', 'stop first'], 0, ['http://2']]);
  });

  test('is closed at once where nobody is at work in it', async () => {
    const generations = start(graphOf('first'));
    generations.acquire().release();
    await generations.replace(generation(2, graphOf('second')));
    await settled();
    expect([log, generations.draining]).toEqual([['serve 1', 'serve 2', 'stop first'], 0]);
  });

  test('is closed when its time is over, whoever is at work in it', async () => {
    const generations = start(graphOf('first'), 1);
    const stuck = generations.acquire();
    await generations.replace(generation(2, graphOf('second')));
    while (generations.draining > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await settled();
    expect(log).toEqual(['serve 1', 'serve 2', 'stop first']);
    stuck.release();
    await settled();
    expect(log).toHaveLength(3);
  });

  test('leaves its graph to the one that shares it', async () => {
    const shared = graphOf('shared');
    const generations = start(shared);
    await generations.replace(generation(2, shared));
    await settled();
    expect([log, generations.draining]).toEqual([['serve 1', 'serve 2'], 0]);
    await generations.replace(generation(3, graphOf('third')));
    await settled();
    expect(log).toEqual(['serve 1', 'serve 2', 'serve 3', 'stop shared']);
    await generations.stop();
    expect(log.at(-1)).toBe('stop third');
  });
});
