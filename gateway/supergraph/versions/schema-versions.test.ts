import { describe, expect, test } from '@jest/globals';
import { createSchemaVersions, type SchemaVersionParts } from './schema-versions.ts';

const HOUR_MS = 3_600_000;

interface Version extends SchemaVersionParts<object> {
  readonly endpoint: string;
}

/** What happened, in order. */
let log: string[] = [];
/** The endpoints of the versions that are open. */
let endpoints: readonly string[] = [];

function loadedAs(name: string): Version['loaded'] {
  return { server: {}, close: async () => void log.push(`stop ${name}`) };
}

function version(number: number, loaded: Version['loaded']): Version {
  const serve = () => void log.push(`serve ${number}`);
  return { number, platforms: [], endpoint: `http://${number}`, loaded, serve };
}

function start(loaded: Version['loaded'], drainMs = HOUR_MS) {
  log = [];
  return createSchemaVersions(version(1, loaded), {
    drainMs,
    drainingMax: 3,
    onChange: (open) => {
      endpoints = open.map(({ endpoint }) => endpoint);
    },
  });
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a schema version that is not served any more', () => {
  test('an earlier version is closed when its last operation has left, and not before', async () => {
    const first = loadedAs('first');
    const versions = start(first);
    const [one, two] = [versions.acquire(), versions.acquire()];
    await versions.replace(version(2, loadedAs('second')));
    expect([one.server, versions.acquire().server === one.server]).toEqual([first.server, false]);
    one.release();
    await settled();
    expect([log, versions.draining, endpoints]).toEqual([['serve 1', 'serve 2'], 1, ['http://1', 'http://2']]);
    two.release();
    await settled();
    expect([log, versions.draining, endpoints]).toEqual([['serve 1', 'serve 2', 'stop first'], 0, ['http://2']]);
  });

  test('an earlier version with nothing in flight is closed at once', async () => {
    const versions = start(loadedAs('first'));
    versions.acquire().release();
    await versions.replace(version(2, loadedAs('second')));
    await settled();
    expect([log, versions.draining]).toEqual([['serve 1', 'serve 2', 'stop first'], 0]);
  });

  test('an earlier version is closed after drainMs, whatever is in flight', async () => {
    const versions = start(loadedAs('first'), 1);
    const stuck = versions.acquire();
    await versions.replace(version(2, loadedAs('second')));
    while (versions.draining > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await settled();
    expect(log).toEqual(['serve 1', 'serve 2', 'stop first']);
    stuck.release();
    await settled();
    expect(log).toHaveLength(3);
  });

  test('what two versions share is closed with the last of them', async () => {
    const shared = loadedAs('shared');
    const versions = start(shared);
    await versions.replace(version(2, shared));
    await settled();
    expect([log, versions.draining]).toEqual([['serve 1', 'serve 2'], 0]);
    await versions.replace(version(3, loadedAs('third')));
    await settled();
    expect(log).toEqual(['serve 1', 'serve 2', 'serve 3', 'stop shared']);
    await versions.stop();
    expect(log.at(-1)).toBe('stop third');
  });
});
