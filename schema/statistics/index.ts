/** What is worked out from counts: metrics, evaluation schemes, quadrants. */
export {
  type Counted,
  countNameOf,
  countsOfRate,
  type Metric,
  metricOf,
  metrics,
  type RateValue,
  rateOf,
  wholeRateOf,
} from './metrics.ts';
export { classifyQuadrants, type Quadrant } from './quadrants.ts';
export { type Grade, gradeOf, grades, type Scheme, type Score, schemes, scoreOf } from './schemes.ts';
