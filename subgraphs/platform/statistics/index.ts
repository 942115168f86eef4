/** Statistics of tables of rows: what every subgraph with statistics builds on. */
export {
  compareKeys,
  type Dimension,
  type DimensionColumns,
  type GroupKey,
  KEY_PARTS,
  keyColumns,
} from './dimensions.ts';
export {
  createStatisticsKind,
  type GroupKeyView,
  type GroupView,
  mapGroupKey,
  rateOf,
  resolveStatistics,
  type StatisticsArguments,
  toEntityRef,
  toEntityRefOrNull,
} from './group-view.ts';
export { parseStatisticsPeriod, statisticsNow } from './open-statistics.ts';
export { during, type FactTable, type Group, readStatistics, type StatisticsQuery } from './statistics.ts';
export { type BatchQuery, createStatisticsLoader } from './statistics-loader.ts';
