/** Statistics of tables of rows: what every subgraph with statistics builds on. */

export type { SelectionInfo } from '../graphql/selected-fields.ts';
export { countTable } from './count-table.ts';
export type { Dimension } from './dimensions.ts';
export { createFigureLoader, type FigureKey } from './figures.ts';
export {
  createStatisticsKind,
  type GroupKeyView,
  type GroupView,
  mapGroupKey,
  resolveStatistics,
  type StatisticsArguments,
  toEntityRef,
  toEntityRefOrNull,
} from './group-view.ts';
export { type CountedTable, countHotspots } from './hotspots.ts';
export { isForPublic, parseStatisticsPeriod, statisticsNow } from './open-statistics.ts';
export {
  during,
  type Fact,
  type FactSource,
  type FactTable,
  type Group,
  readStatistics,
  type StatisticsQuery,
} from './statistics.ts';
export { type BatchQuery, createStatisticsLoader } from './statistics-loader.ts';
