/** Which core the contestants run on, and which the rest: kept apart with `taskset`, where it is there. */
import { execFileSync } from 'node:child_process';

export interface Cores {
  /** Of the contestant that is measured. */
  readonly target: string;
  /** Of subgraphs and load. */
  readonly rest: string;
}

/** Undefined where there is one core, or no `taskset`. */
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

/** Keeps this process, all its threads, on `cores`. */
export function moveTo(cores: string): void {
  execFileSync('taskset', ['-acp', cores, String(process.pid)], { stdio: 'ignore' });
}
