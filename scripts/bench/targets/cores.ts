/** Splits the cores between the targets and the rest with `taskset`, if the machine has it. */
import { execFileSync } from 'node:child_process';

export interface Cores {
  /** Core of the measured target. */
  readonly target: string;
  /** Cores of the subgraphs and the load. */
  readonly rest: string;
}

/** Undefined if the machine has one core or no `taskset`. */
export function readCores(): Cores | undefined {
  try {
    const answer = execFileSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
    const cores = expandCores(answer.split(':').at(-1)!);
    const [target, ...rest] = cores;
    return rest.length === 0 ? undefined : { target: String(target), rest: rest.join(',') };
  } catch {
    return undefined;
  }
}

/** `0-2,5` → 0, 1, 2, 5. */
export function expandCores(list: string): readonly number[] {
  return list
    .trim()
    .split(',')
    .flatMap((part) => {
      const [first, last] = part.split('-').map(Number) as [number, number?];
      return Array.from({ length: (last ?? first) - first + 1 }, (_, at) => first + at);
    });
}

/** Moves all threads of a process to `cores`; this one by default. */
export function moveTo(cores: string, pid = process.pid): void {
  execFileSync('taskset', ['-acp', cores, String(pid)], { stdio: 'ignore' });
}
