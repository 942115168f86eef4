import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { DirectoryEntry, HealthCheckResult } from './directory.ts';
import { type Prober, startProber } from './prober.ts';

const LIMITS = { intervalMs: 20, timeoutMs: 200, atOnceMax: 2, bodyBytesMax: 1024 };

const servers: Server[] = [];
let prober: Prober | undefined;

afterEach(async () => {
  await prober?.close();
  prober = undefined;
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(id: string, answer: (response: ServerResponse) => void): Promise<DirectoryEntry> {
  const server = createServer((request, response) => {
    if (request.url === '/health') answer(response);
    else response.writeHead(404).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return { id, name: id, tier: 'MUNICIPAL', division: '420100', subgraphs: ['municipal'], url };
}

/** The results of the first round for which the condition holds. */
function probeUntil(entries: readonly DirectoryEntry[], holds: (found: Map<string, HealthCheckResult>) => boolean) {
  return new Promise<Map<string, HealthCheckResult>>((resolve, reject) => {
    prober = startProber({
      entries,
      limits: LIMITS,
      async record(results) {
        const found = new Map(results.map((result) => [result.id, result]));
        if (holds(found)) resolve(found);
      },
      onError: reject,
    });
  });
}

describe('the prober', () => {
  test('the prober tells those that answer well from those that are down, failing, hanging, talking too much or nonsense', async () => {
    const good = await serve('good', (response) => response.end('{"status":"ok","standard":"7"}'));
    const down = await serve('down', () => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const entries = [
      good,
      down,
      await serve('failing', (response) => response.writeHead(503).end('{}')),
      await serve('hanging', () => undefined),
      await serve('endless', (response) => response.end(`{"standard":"${'x'.repeat(5000)}"}`)),
      await serve('nonsense', (response) => response.end('<html>')),
    ];
    const found = await probeUntil(entries, () => true);
    expect(found.get('good')).toEqual({ kind: 'online', id: 'good', standardVersion: '7' });
    for (const id of ['down', 'failing', 'hanging', 'endless', 'nonsense']) {
      expect(found.get(id)).toEqual({ kind: 'unreachable', id });
    }
  });

  test('the prober sees a platform go and come back', async () => {
    let healthy = true;
    const entry = await serve('one', (response) => response.writeHead(healthy ? 200 : 503).end('{}'));
    const kinds: string[] = [];
    await probeUntil([entry], (found) => {
      const kind = found.get('one')!.kind;
      if (kinds.at(-1) !== kind) kinds.push(kind);
      healthy = kinds.length !== 1;
      return kinds.length === 3;
    });
    expect(kinds).toEqual(['online', 'unreachable', 'online']);
  });

  test('the prober asks no more platforms at a time than its limit', async () => {
    let [asked, most] = [0, 0];
    const slow = (response: ServerResponse) => {
      most = Math.max(most, ++asked);
      setTimeout(() => {
        asked--;
        response.end('{}');
      }, 20);
    };
    const entries = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => serve(id, slow)));
    await probeUntil(entries, () => true);
    expect(most).toBe(LIMITS.atOnceMax);
  });

  test('the prober reports a round that could not be recorded and goes on', async () => {
    const entry = await serve('one', (response) => response.end('{}'));
    const errors: unknown[] = [];
    let rounds = 0;
    await new Promise<void>((resolve) => {
      prober = startProber({
        entries: [entry],
        limits: LIMITS,
        async record() {
          if (++rounds === 1) throw new Error('no database');
          resolve();
        },
        onError: (error) => errors.push(error),
      });
    });
    expect(errors).toEqual([new Error('no database')]);
  });

  test('the prober ends at once, even while a platform hangs', async () => {
    const entry = await serve('one', () => undefined);
    const recorded: unknown[] = [];
    const ending = startProber({
      entries: [entry],
      limits: { ...LIMITS, timeoutMs: 60_000 },
      record: async (results) => void recorded.push(results),
      onError: (error) => recorded.push(error),
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await ending.close();
    expect(recorded).toEqual([]);
  });
});
