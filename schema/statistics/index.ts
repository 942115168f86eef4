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
export {
  mendOf,
  QUALITY_DIMENSIONS,
  QUALITY_MEASURES,
  type QualityDimension,
  type QualityFile,
  type QualityMeasure,
  qualityMethod,
  qualityPoints,
} from './quality.ts';
export { type Grade, gradeOf, grades, type Scheme, type Score, schemes, scoreOf } from './schemes.ts';
