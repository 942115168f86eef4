/** Measures a country-wide statistic through the gateway and through the direct baseline, by turns. */
import type { GatewayClient } from '../gateway/gateway-client.ts';
import { assertComplete } from '../gateway/gateway-client.ts';
import { percentile } from '../percentile.ts';
import type { StubPlatforms } from '../stubs/stub-platforms.ts';
import { createDirectBaseline } from './direct-baseline.ts';
import { BY_COUNTY, STATISTIC } from './queries.ts';

export interface StatisticFigures {
  readonly question: string;
  readonly groups: number;
  readonly gatewayMs: number;
  readonly baselineMs: number;
  readonly ratio: number;
  readonly gatewayP99Ms: number;
  readonly baselineP99Ms: number;
}

/** Throws if the two sums differ. */
export async function measureStatistic(
  client: GatewayClient,
  platforms: StubPlatforms,
  rounds: number,
): Promise<readonly StatisticFigures[]> {
  const baseline = createDirectBaseline(platforms.entries.filter(({ subgraphs }) => subgraphs.includes('municipal')));
  const figures: StatisticFigures[] = [];
  for (const [question, text] of [
    ['one group', STATISTIC],
    ['by county', BY_COUNTY],
  ] as const) {
    await client.request(text);
    const { last = {} } = await platforms.state({ withLast: true });
    const gatewayTimes: number[] = [];
    const baselineTimes: number[] = [];
    let groups = 0;
    for (let round = -Math.ceil(rounds / 4); round < rounds; round++) {
      const answer = await client.request(text);
      assertComplete(answer);
      const sum = await baseline.request(last);
      const list = answer.data.caseStatistics as { counts: { reported: number } }[];
      groups = list.length;
      const reported = list.reduce((total, { counts }) => total + counts.reported, 0);
      if (reported !== sum.reported)
        throw new Error(`the gateway counts ${reported} cases, the bare sum ${sum.reported}`);
      if (round < 0) continue;
      gatewayTimes.push(answer.elapsedMs);
      baselineTimes.push(sum.elapsedMs);
    }
    const [gatewayMs, baselineP50Ms] = [percentile(gatewayTimes, 0.5), percentile(baselineTimes, 0.5)];
    figures.push({
      question,
      groups,
      gatewayMs,
      baselineMs: baselineP50Ms,
      ratio: gatewayMs / baselineP50Ms,
      gatewayP99Ms: percentile(gatewayTimes, 0.99),
      baselineP99Ms: percentile(baselineTimes, 0.99),
    });
  }
  await baseline.close();
  return figures;
}
