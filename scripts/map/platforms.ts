/** Light platforms in a few processes, as one thing that can be asked and told. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PlatformEntry } from '@yiwang/gateway/model/network.ts';
import type { LightBehaviour } from './light-platform.ts';
import type { FromPlatforms, PlatformsState, ToPlatforms } from './messages.ts';
import type { LightPlace } from './national-map.ts';

export interface Platforms {
  readonly entries: readonly PlatformEntry[];
  behave(ids: readonly string[], behaviour: LightBehaviour): Promise<void>;
  state(options?: { readonly withLast: boolean }): Promise<PlatformsState>;
  stop(): Promise<void>;
}

export interface PlatformsOptions {
  readonly processes: number;
  /** Cases of each platform. */
  readonly rowsEach: number;
}

const MAIN = fileURLToPath(new URL('./platforms-main.ts', import.meta.url));

type Order = ToPlatforms extends infer T ? (T extends unknown ? Omit<T, 'number'> : never) : never;

interface Part {
  readonly places: readonly LightPlace[];
  tell(order: Order): Promise<FromPlatforms>;
  stop(): Promise<void>;
}

export async function startPlatforms(
  places: readonly LightPlace[],
  { processes, rowsEach }: PlatformsOptions,
): Promise<Platforms> {
  const parts = Array.from({ length: processes }, (_, number) =>
    startPart(places.filter((_place, index) => index % processes === number)),
  );
  const ports: Record<string, number> = {};
  const started = await Promise.all(parts.map((part) => part.tell({ kind: 'start', places: part.places, rowsEach })));
  for (const answer of started) Object.assign(ports, answer.ports);
  return {
    entries: places.map((place) => entryOf(place, `http://127.0.0.1:${ports[place.id]}/graphql`)),
    async behave(ids, behaviour) {
      const chosen = new Set(ids);
      await Promise.all(
        parts.map(async (part) => {
          const own = part.places.map(({ id }) => id).filter((id) => chosen.has(id));
          if (own.length > 0) await part.tell({ kind: 'behave', ids: own, behaviour });
        }),
      );
    },
    async state({ withLast } = { withLast: false }) {
      const answers = await Promise.all(parts.map((part) => part.tell({ kind: 'state', withLast })));
      return answers.map(({ state }) => state!).reduce(addStates);
    },
    async stop() {
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}

export function entryOf({ id, name, tier, division, kind }: LightPlace, url: string): PlatformEntry {
  return { id, name, tier, division, subgraphs: [kind], url };
}

function startPart(places: readonly LightPlace[]): Part {
  const child: ChildProcess = fork(MAIN, [], { execArgv: ['--no-warnings', '--import', 'tsx'] });
  const waiting = new Map<number, { resolve(answer: FromPlatforms): void; reject(error: Error): void }>();
  let count = 0;
  child.on('message', (answer: FromPlatforms) => {
    waiting.get(answer.number)?.resolve(answer);
    waiting.delete(answer.number);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('a process of platforms ended'));
  });
  return {
    places,
    tell: (order) =>
      new Promise((resolve, reject) => {
        const number = ++count;
        waiting.set(number, { resolve, reject });
        child.send({ ...order, number });
      }),
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function addStates(a: PlatformsState, b: PlatformsState): PlatformsState {
  return {
    connections: a.connections + b.connections,
    calls: { ...a.calls, ...b.calls },
    rows: { ...a.rows, ...b.rows },
    last: a.last && b.last && { ...a.last, ...b.last },
  };
}
