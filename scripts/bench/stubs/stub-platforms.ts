/** Stub platforms in a few processes, controlled as one. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import type { StubCommand, StubReply, StubState } from './messages.ts';
import type { MapPlatform } from './national-map.ts';
import type { StubBehaviour } from './stub-platform.ts';

export interface StubPlatforms {
  readonly entries: readonly PlatformEntry[];
  setBehaviour(ids: readonly string[], behaviour: StubBehaviour): Promise<void>;
  state(options?: { readonly withLast: boolean }): Promise<StubState>;
  stop(): Promise<void>;
}

export interface StubPlatformsOptions {
  readonly processes: number;
  /** Number of cases of each platform. */
  readonly rowsEach: number;
}

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

type CommandBody = StubCommand extends infer T ? (T extends unknown ? Omit<T, 'number'> : never) : never;

interface StubProcess {
  readonly places: readonly MapPlatform[];
  send(order: CommandBody): Promise<StubReply>;
  stop(): Promise<void>;
}

export async function startStubPlatforms(
  places: readonly MapPlatform[],
  { processes, rowsEach }: StubPlatformsOptions,
): Promise<StubPlatforms> {
  const stubProcesses = Array.from({ length: processes }, (_, number) =>
    startStubProcess(places.filter((_place, index) => index % processes === number)),
  );
  const ports: Record<string, number> = {};
  const started = await Promise.all(
    stubProcesses.map((stubProcess) => stubProcess.send({ kind: 'start', places: stubProcess.places, rowsEach })),
  );
  for (const answer of started) Object.assign(ports, answer.ports);
  return {
    entries: places.map((place) => entryOf(place, `http://127.0.0.1:${ports[place.id]}/graphql`)),
    async setBehaviour(ids, behaviour) {
      const chosen = new Set(ids);
      await Promise.all(
        stubProcesses.map(async (stubProcess) => {
          const ownIds = stubProcess.places.map(({ id }) => id).filter((id) => chosen.has(id));
          if (ownIds.length > 0) await stubProcess.send({ kind: 'behave', ids: ownIds, behaviour });
        }),
      );
    },
    async state({ withLast } = { withLast: false }) {
      const answers = await Promise.all(
        stubProcesses.map((stubProcess) => stubProcess.send({ kind: 'state', withLast })),
      );
      return answers.map(({ state }) => state!).reduce(addStates);
    },
    async stop() {
      await Promise.all(stubProcesses.map((stubProcess) => stubProcess.stop()));
    },
  };
}

export function entryOf({ id, name, tier, division, kind }: MapPlatform, url: string): PlatformEntry {
  return { id, name, tier, division, subgraphs: [kind], url };
}

function startStubProcess(places: readonly MapPlatform[]): StubProcess {
  const child: ChildProcess = fork(MAIN, [], { execArgv: ['--no-warnings', '--import', 'tsx'] });
  const waiting = new Map<number, { resolve(answer: StubReply): void; reject(error: Error): void }>();
  let count = 0;
  child.on('message', (answer: StubReply) => {
    waiting.get(answer.number)?.resolve(answer);
    waiting.delete(answer.number);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('a process of platforms ended'));
  });
  return {
    places,
    send: (command) =>
      new Promise((resolve, reject) => {
        const number = ++count;
        waiting.set(number, { resolve, reject });
        child.send({ ...command, number });
      }),
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function addStates(a: StubState, b: StubState): StubState {
  return {
    connections: a.connections + b.connections,
    calls: { ...a.calls, ...b.calls },
    rows: { ...a.rows, ...b.rows },
    last: a.last && b.last && { ...a.last, ...b.last },
  };
}
