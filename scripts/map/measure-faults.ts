/** What slow and dead platforms do to a country-wide statistic. */
import type { Asker } from './asking.ts';
import { quantile } from './asking.ts';
import type { Platforms } from './platforms.ts';
import { STATISTIC } from './questions.ts';

export interface FaultFigures {
  readonly state: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly asked: number;
  readonly answered: number;
  /** Of the platforms that are listed. */
  readonly statuses: readonly string[];
}

export interface FaultOptions {
  readonly rounds: number;
  readonly deadlineMs: number;
}

export async function measureFaults(
  asker: Asker,
  platforms: Platforms,
  options: FaultOptions,
): Promise<readonly FaultFigures[]> {
  const cities = platforms.entries.filter(({ subgraphs }) => subgraphs.includes('municipal')).map(({ id }) => id);
  const dead = cities.filter((_, index) => index % 20 === 7);
  const straggler = [cities[100 % cities.length]!];
  const figures = [await askOften('all well', asker, options)];
  await platforms.behave(straggler, { kind: 'slow', delayMs: STRAGGLER_MS });
  figures.push(
    await askOften(`one answers after ${STRAGGLER_MS / 1_000} s, deadline ${options.deadlineMs} ms`, asker, options),
  );
  await platforms.behave(straggler, { kind: 'well' });
  await platforms.behave(dead, { kind: 'dead' });
  figures.push(await askOften(`${dead.length} dead`, asker, options));
  await platforms.behave(dead, { kind: 'well' });
  return figures;
}

const STRAGGLER_MS = 5_000;

/** Throws where a platform is missing unsaid. */
async function askOften(state: string, asker: Asker, { rounds, deadlineMs }: FaultOptions): Promise<FaultFigures> {
  const samples: number[] = [];
  const statuses = new Set<string>();
  let counted = { asked: 0, answered: 0 };
  for (let round = 0; round < rounds; round++) {
    const { elapsedMs, coverage } = await asker.ask(STATISTIC, {
      headers: { 'x-yiwang-deadline': String(deadlineMs) },
    });
    samples.push(elapsedMs);
    const { asked, answered, platforms } = coverage!;
    if (asked !== answered + platforms.length)
      throw new Error(`${asked} asked, ${answered} answered, ${platforms.length} listed`);
    for (const { status } of platforms) statuses.add(status);
    counted = { asked, answered };
  }
  return { state, p50Ms: quantile(samples, 0.5), p99Ms: quantile(samples, 0.99), ...counted, statuses: [...statuses] };
}
