/** A CPU profile as V8 writes it → the functions that take the most time. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ProfiledFunction {
  /** Name, file and line. */
  readonly at: string;
  /** Share of the time spent in this function itself, idle time left out. */
  readonly selfShare: number;
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds since the previous sample. */
  readonly timeDeltas: readonly number[];
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WAITING = new Set(['(idle)', '(root)']);

/** Arguments that make Node write a profile of each thread at exit. */
export function profileArguments(folder: string, scenario: string): readonly string[] {
  return ['--cpu-prof', `--cpu-prof-dir=${join(folder, scenario)}`];
}

/** The main thread has the number 0: `CPU.DATE.TIME.PID.0.001.cpuprofile`. */
const MAIN_THREAD = /^CPU\.\d+\.\d+\.\d+\.0\.\d+\.cpuprofile$/;

/** The latest profile of the scenario; undefined if there is none. */
export function readProfile(folder: string, scenario: string): CpuProfile | undefined {
  const scenarioFolder = join(folder, scenario);
  const name = existsSync(scenarioFolder)
    ? readdirSync(scenarioFolder)
        .filter((each) => MAIN_THREAD.test(each))
        .sort()
        .at(-1)
    : undefined;
  return name === undefined ? undefined : (JSON.parse(readFileSync(join(scenarioFolder, name), 'utf8')) as CpuProfile);
}

/** The `count` functions with the most self time, in descending order. */
export function hottestFunctions(
  { nodes, samples, timeDeltas }: CpuProfile,
  count: number,
): readonly ProfiledFunction[] {
  const locations = new Map(nodes.map((node) => [node.id, locationOf(node)]));
  const selfUs = new Map<string, number>();
  let totalUs = 0;
  for (const [index, id] of samples.entries()) {
    const at = locations.get(id) ?? '(unknown)';
    if (WAITING.has(at)) continue;
    const us = timeDeltas[index] ?? 0;
    totalUs += us;
    selfUs.set(at, (selfUs.get(at) ?? 0) + us);
  }
  return [...selfUs]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([at, us]) => ({ at, selfShare: us / totalUs }));
}

function locationOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const name = functionName || '(anonymous)';
  if (url === '') return name;
  const file = url
    .replace(/^file:\/\//, '')
    .replace(ROOT, '')
    .replace(/^.*node_modules\//, '');
  return `${name} ${file}:${lineNumber + 1}`;
}
