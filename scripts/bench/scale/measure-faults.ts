/** Measures a country-wide statistic while platforms are slow or down. */
import type { GatewayClient } from '../gateway/gateway-client.ts';
import { percentile } from '../percentile.ts';
import type { StubPlatforms } from '../stubs/stub-platforms.ts';
import { STATISTIC } from './queries.ts';

export interface FaultFigures {
  readonly state: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly asked: number;
  readonly answered: number;
  /** Coverage statuses of the missing platforms. */
  readonly statuses: readonly string[];
}

export interface FaultOptions {
  readonly rounds: number;
  readonly deadlineMs: number;
}

export async function measureFaults(
  client: GatewayClient,
  platforms: StubPlatforms,
  options: FaultOptions,
): Promise<readonly FaultFigures[]> {
  const cities = platforms.entries.filter(({ subgraphs }) => subgraphs.includes('municipal')).map(({ id }) => id);
  const dead = cities.filter((_, index) => index % 20 === 7);
  const straggler = [cities[100 % cities.length]!];
  const figures = [await measureState('all well', client, options)];
  await platforms.setBehaviour(straggler, { kind: 'slow', delayMs: STRAGGLER_MS });
  figures.push(
    await measureState(
      `one answers after ${STRAGGLER_MS / 1_000} s, deadline ${options.deadlineMs} ms`,
      client,
      options,
    ),
  );
  await platforms.setBehaviour(straggler, { kind: 'healthy' });
  await platforms.setBehaviour(dead, { kind: 'down' });
  figures.push(await measureState(`${dead.length} dead`, client, options));
  await platforms.setBehaviour(dead, { kind: 'healthy' });
  return figures;
}

const STRAGGLER_MS = 5_000;

/** Throws if coverage does not list a missing platform. */
async function measureState(
  state: string,
  client: GatewayClient,
  { rounds, deadlineMs }: FaultOptions,
): Promise<FaultFigures> {
  const samples: number[] = [];
  const statuses = new Set<string>();
  let counted = { asked: 0, answered: 0 };
  for (let round = 0; round < rounds; round++) {
    const { elapsedMs, coverage } = await client.request(STATISTIC, {
      headers: { 'x-yiwang-deadline': String(deadlineMs) },
    });
    samples.push(elapsedMs);
    const { asked, answered, platforms } = coverage!;
    if (asked !== answered + platforms.length)
      throw new Error(`${asked} asked, ${answered} answered, ${platforms.length} listed`);
    for (const { status } of platforms) statuses.add(status);
    counted = { asked, answered };
  }
  return {
    state,
    p50Ms: percentile(samples, 0.5),
    p99Ms: percentile(samples, 0.99),
    ...counted,
    statuses: [...statuses],
  };
}
