/** Arguments as the graph gives them → what the store takes: periods as instants. */
import { PlatformError } from '@yiwang/platform';
import { isMonitoringField, type MonitoringField, monitoringFields } from '@yiwang/schema/cases';
import { QUALITY_MEASURES, type QualityMeasure } from '@yiwang/schema/statistics';
import { type Period, parsePeriod } from '@yiwang/schema/time';
import type * as graph from '../generated/schema.ts';
import type { CaseFilter } from '../store/case-filter.ts';
import type { AlarmFilter } from '../store/monitoring.ts';

export function parseCaseFilter(filter: graph.CaseFilter | null | undefined): CaseFilter | null {
  if (!filter) return null;
  return {
    ...filter,
    reported: periodOf(filter.reported),
    filed: periodOf(filter.filed),
    closed: periodOf(filter.closed),
    breaks: measureOf(filter.breaks),
  };
}

/** `LOCATED` → `located` */
function measureOf(name: graph.QualityMeasure | null | undefined): QualityMeasure | null {
  return QUALITY_MEASURES.find((measure) => measure.toUpperCase() === name) ?? null;
}

export function parseAlarmFilter(filter: graph.AlarmFilter | null | undefined): AlarmFilter | null {
  return filter ? { ...filter, field: fieldOf(filter.field), raised: periodOf(filter.raised) } : null;
}

/** A text and not an enum, as operations wrote it before there was one. Throws `BAD_USER_INPUT` for another field. */
export function fieldOf(text: string | null | undefined): MonitoringField | null {
  if (text === null || text === undefined) return null;
  if (!isMonitoringField(text)) {
    const fields = Object.keys(monitoringFields()).join(', ');
    throw new PlatformError('BAD_USER_INPUT', `"field" is ${JSON.stringify(text)}; expected one of ${fields}`);
  }
  return text;
}

export function periodOf(text: string | null | undefined): Period | null {
  return text === null || text === undefined ? null : parsePeriod(text);
}
