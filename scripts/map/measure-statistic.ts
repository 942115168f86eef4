/** A country-wide statistic, by the gateway and by a bare `Promise.all` over the same calls, one after the other. */
import type { Asker } from './asking.ts';
import { assertWhole, quantile } from './asking.ts';
import { createBare } from './bare.ts';
import type { Platforms } from './platforms.ts';
import { BY_COUNTY, STATISTIC } from './questions.ts';

export interface StatisticFigures {
  readonly question: string;
  readonly groups: number;
  readonly gatewayMs: number;
  readonly bareMs: number;
  readonly ratio: number;
  readonly gatewayP99Ms: number;
  readonly bareP99Ms: number;
}

/** Throws where the two do not come to the same sum. */
export async function measureStatistic(
  asker: Asker,
  platforms: Platforms,
  rounds: number,
): Promise<readonly StatisticFigures[]> {
  const bare = createBare(platforms.entries.filter(({ subgraphs }) => subgraphs.includes('municipal')));
  const figures: StatisticFigures[] = [];
  for (const [question, text] of [
    ['one group', STATISTIC],
    ['by county', BY_COUNTY],
  ] as const) {
    await asker.ask(text);
    const { last = {} } = await platforms.state({ withLast: true });
    const gateway: number[] = [];
    const floor: number[] = [];
    let groups = 0;
    for (let round = -Math.ceil(rounds / 4); round < rounds; round++) {
      const answer = await asker.ask(text);
      assertWhole(answer);
      const sum = await bare.ask(last);
      const list = answer.data.caseStatistics as { counts: { reported: number } }[];
      groups = list.length;
      const reported = list.reduce((total, { counts }) => total + counts.reported, 0);
      if (reported !== sum.reported)
        throw new Error(`the gateway counts ${reported} cases, the bare sum ${sum.reported}`);
      if (round < 0) continue;
      gateway.push(answer.elapsedMs);
      floor.push(sum.elapsedMs);
    }
    const [gatewayMs, bareMs] = [quantile(gateway, 0.5), quantile(floor, 0.5)];
    figures.push({
      question,
      groups,
      gatewayMs,
      bareMs,
      ratio: gatewayMs / bareMs,
      gatewayP99Ms: quantile(gateway, 0.99),
      bareP99Ms: quantile(floor, 0.99),
    });
  }
  await bare.close();
  return figures;
}
