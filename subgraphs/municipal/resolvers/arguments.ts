/** Arguments as the graph gives them → what the store takes: periods as instants. */
import { PlatformError } from '@yiwang/platform';
import { isMonitoringField, type MonitoringField, monitoringFields } from '@yiwang/schema/cases';
import { codeList } from '@yiwang/schema/standard';
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

/** The codes of the standard that an argument of text takes, by its name. */
const CODE_ARGUMENTS = { state: 'ComponentState', grade: 'CreditGrade', list: 'CreditList' } as const;

/** Throws `BAD_USER_INPUT` for an argument that is no code of its list: no row has it, which would look like an answer. */
export function checkCodes(args: Readonly<Partial<Record<keyof typeof CODE_ARGUMENTS, string | null>>>): void {
  for (const name of Object.keys(CODE_ARGUMENTS) as (keyof typeof CODE_ARGUMENTS)[]) {
    const text = args[name];
    if (text === null || text === undefined) continue;
    const codes = codeList(CODE_ARGUMENTS[name])?.codes.map(({ code }) => code) ?? [];
    if (codes.includes(text)) continue;
    const expected = codes.join(', ');
    throw new PlatformError('BAD_USER_INPUT', `"${name}" is ${JSON.stringify(text)}; expected one of ${expected}`);
  }
}

export function periodOf(text: string | null | undefined): Period | null {
  return text === null || text === undefined ? null : parsePeriod(text);
}
