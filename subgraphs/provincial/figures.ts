/** Rows of periodic accounts → their figures, each an entity that the platforms with the rows know, too; and their rates. */
import { metricOf, metrics, type RateValue, wholeRateOf } from '@yiwang/schema/statistics';
import type { ReportFigureReference } from './generated/schema.ts';
import type { FigureRow, ReportRow } from './store.ts';

/** `live…` come with a reference: what the platforms counted, in all. */
export interface ReportFigureView extends FigureRow {
  readonly id: string;
  readonly kind: string;
  readonly division: string;
  readonly period: string;
  readonly liveCases?: number | null | undefined;
  readonly liveRequests?: number | null | undefined;
}

export interface ReportRateView {
  readonly metric: string;
  readonly name: string;
  readonly rate: RateValue;
}

export function figuresOf({ id, kind, division, period, figures }: ReportRow): ReportFigureView[] {
  return figures.map((figure) => ({ ...figure, id: `${id}-${figure.metric}`, kind, division, period }));
}

/** The id of the account that the figure is of; undefined if the reference is to no figure. */
export function reportIdOf({ id, metric }: Pick<ReportFigureReference, 'id' | 'metric'>): string | undefined {
  const end = `-${metric}`;
  return id.endsWith(end) ? id.slice(0, -end.length) : undefined;
}

/** Null if the account has no such figure: what was counted for another would be compared with it. */
export function findFigure(report: ReportRow | null, reference: ReportFigureReference): ReportFigureView | null {
  const figure = report && figuresOf(report).find(({ id }) => id === reference.id);
  if (!figure) return null;
  const { kind, division, period } = reference;
  if (figure.kind !== kind || figure.division !== division || figure.period !== period) return null;
  return { ...figure, liveCases: reference.liveCases, liveRequests: reference.liveRequests };
}

/** Null for a rate of an old account. */
export function reportedOf({ metric, value }: FigureRow): number | null {
  const isCount = (metricOf(metric)?.kind ?? 'COUNT') === 'COUNT' && Number.isInteger(value);
  return isCount ? value : null;
}

export function liveOf({ kind, liveCases, liveRequests }: ReportFigureView): number | null {
  return (kind === 'CASES' ? liveCases : liveRequests) ?? null;
}

export function differenceOf(figure: ReportFigureView): number | null {
  const [reported, live] = [reportedOf(figure), liveOf(figure)];
  return reported === null || live === null ? null : reported - live;
}

export function ratesOf({ figures }: ReportRow): ReportRateView[] {
  const counts = Object.fromEntries(figures.map((figure) => [figure.metric, reportedOf(figure)]));
  return metrics().flatMap(({ key, name, kind }) => {
    const rate = kind === 'RATE' ? wholeRateOf(key, counts) : null;
    return rate === null ? [] : [{ metric: key, name, rate }];
  });
}
