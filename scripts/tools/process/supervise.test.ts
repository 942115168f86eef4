import { expect, test } from '@jest/globals';
import type { ChildServer } from '../../demo/network/child-server.ts';
import { type SuperviseOptions, supervise } from './supervise.ts';

/** A process that ends when the test says so. */
function fakeProcess(pid: number) {
  let end: (how: number | string) => void = () => undefined;
  const ended = new Promise<number | string>((resolve) => {
    end = resolve;
  });
  const child: ChildServer = { pid, ended, stop: async () => end('SIGTERM') };
  return { child, end };
}

async function superviseFake(overrides: Partial<SuperviseOptions> = {}) {
  const started: ReturnType<typeof fakeProcess>[] = [];
  const events: unknown[] = [];
  let onEvent: () => void = () => undefined;
  const emit = (what: unknown): void => {
    events.push(what);
    onEvent();
  };
  const supervised = await supervise({
    start: async () => {
      const one = fakeProcess(started.length + 1);
      started.push(one);
      return one.child;
    },
    onExit: (how, pauseMs) => emit([how, pauseMs]),
    onRestart: () => emit('back'),
    pauseMs: 1,
    ...overrides,
  });
  const untilEvents = async (count: number): Promise<void> => {
    while (events.length < count) {
      await new Promise<void>((resolve) => {
        onEvent = resolve;
      });
    }
  };
  return { supervised, started, events, untilEvents };
}

test('a process that ends by itself is started again, each time after twice as long, and is left alone in the end', async () => {
  const { supervised, started, events, untilEvents } = await superviseFake({ exitsMax: 3 });
  started[0]!.end('SIGKILL');
  await untilEvents(2);
  expect([events, supervised.pid()]).toEqual([[['SIGKILL', 1], 'back'], 2]);
  started[1]!.end(134);
  await untilEvents(4);
  started[2]!.end(134);
  await untilEvents(5);
  expect(events.slice(2)).toEqual([[134, 2], 'back', [134, undefined]]);
  expect(supervised.pid()).toBeUndefined();
  await supervised.stop();
  expect(started).toHaveLength(3);
});

test('ends that lie far apart are no row', async () => {
  const { supervised, started, events, untilEvents } = await superviseFake({ exitsMax: 2, steadyMs: -1 });
  for (let i = 0; i < 4; i++) {
    started[i]!.end(1);
    await untilEvents(2 * i + 2);
  }
  expect(events.filter((what) => what === 'back')).toHaveLength(4);
  await supervised.stop();
});

test('a start that fails counts as an end', async () => {
  let starts = 0;
  const first = fakeProcess(1);
  const { events, supervised, untilEvents } = await superviseFake({
    exitsMax: 3,
    start: async () => {
      starts++;
      if (starts > 1) throw new Error('the port is taken');
      return first.child;
    },
  });
  first.end(1);
  await untilEvents(3);
  expect(events).toEqual([
    [1, 1],
    ['the port is taken', 2],
    ['the port is taken', undefined],
  ]);
  await supervised.stop();
});

test('a stop is no death, and nothing is started after it', async () => {
  const { supervised, started, events } = await superviseFake();
  await supervised.stop();
  expect([started.length, events]).toEqual([1, []]);

  const other = await superviseFake({ pauseMs: 60_000 });
  other.started[0]!.end(1);
  await other.untilEvents(1);
  await other.supervised.stop();
  expect(other.started).toHaveLength(1);
});
