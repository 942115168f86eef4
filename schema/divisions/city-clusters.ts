/** City clusters (城市群): divisions that plan together though no government stands over them all. */
import { once, readData } from '../standard/data-file.ts';

export interface CityCluster {
  readonly id: string;
  readonly name: string;
  /** Canonical codes in their order: provinces, cities, and counties directly under a province. */
  readonly members: readonly string[];
  /** The plan that names the members. */
  readonly source: string;
  /** `sure` if the plan was read, `memory` if not. */
  readonly certainty: 'sure' | 'memory';
  readonly note?: string;
}

/** In the order of the file. */
export const cityClusters: () => readonly CityCluster[] = once(
  () => readData<{ readonly clusters: readonly CityCluster[] }>('city-clusters.json').clusters,
);
