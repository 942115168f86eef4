/** What several platforms gave for one gathered field → its value. Their faults are in coverage. */
import { type Path, PublicError } from '../../model/errors.ts';
import type { FieldProgram } from '../../model/gather.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { faultOfProblem } from '../coverage/faults.ts';
import { isForPublic } from '../is-for-public.ts';
import { createCursorSigner } from './client-cursor.ts';
import type { SkippedRegions } from './cursor.ts';
import { type FieldResult, toContribution } from './field-result.ts';
import { createNonconformingFault } from './nonconforming-fault.ts';
import { collectSkipped, type Paging, reportStaleRows } from './paging.ts';

/** A gathered field with the results of all of its platforms. */
export interface FieldToMerge {
  readonly program: FieldProgram;
  readonly results: readonly FieldResult[];
  readonly args: Readonly<Record<string, unknown>>;
  readonly path: Path;
  /** How many platforms were asked. Default: as many as there are results. */
  readonly asked?: number | undefined;
  /** Undefined if the field has no cursors. */
  readonly paging?: Paging | undefined;
}

export function mergeField(field: FieldToMerge, run: Run, engine: ExecutionEngine): unknown {
  const { program, results, path, paging } = field;
  for (const result of results) reportProblems(result, field, engine);
  const present = results.flatMap((result) => conformResult(result, field, run, engine) ?? []);
  const firstMerge = mergeResults(field, present, collectSkipped(paging, results, []), run, engine);
  const bad = firstMerge.invalid.map(({ index }) => present[index]!);
  for (const { index, reason } of firstMerge.invalid) {
    const { record, value } = present[index]!;
    record.addFault(createNonconformingFault(program, value, engine, reason), path);
  }
  const usable = bad.length === 0 ? present : present.filter((result) => !bad.includes(result));
  // Cursors name the regions that the page lacks, which are known only after a merge: so it is merged again.
  const isRemade = paging && bad.length > 0 && usable.length > 0;
  const merged = isRemade ? mergeResults(field, usable, collectSkipped(paging, results, bad), run, engine) : firstMerge;
  if (paging) reportStaleRows(paging, usable, path);
  // Reported for every statistic: reporting only those with something withheld would tell what is not shown.
  if (program.withholds && isForPublic(run)) run.collector.addWithheld(path, engine.disclosure);
  if (merged.conflict) {
    const platformNames = usable.map(({ target }) => target.platform.id).join(' and ');
    run.collector.addError(
      new PublicError('CONFLICT', `${platformNames} gave different answers to what one of them owns`, { path }),
    );
    return null;
  }
  if (program.needsAll && usable.length < (field.asked ?? results.length)) {
    run.collector.markMissing(path);
    return null;
  }
  if (usable.length > 0) return merged.value;
  const isNull = results.length > 0 && results.every(({ value, mayBeNull }) => value === null && mayBeNull);
  if (isNull) return null;
  if (program.emptyValue === undefined && results.length > 0) run.collector.markMissing(path);
  return program.emptyValue;
}

/** Undefined if the platform gave nothing. Figures that break the standard are reported and left out. */
function conformResult(
  result: FieldResult,
  { program, path }: FieldToMerge,
  run: Run,
  { steps: { checkContribution } }: ExecutionEngine,
): FieldResult | undefined {
  const { value, record } = result;
  if (value === null || value === undefined) return undefined;
  const checked = checkContribution?.(program, value, record.giverOf(undefined));
  if (!checked) return result;
  for (const { rule, message, places, count } of checked.rejected) {
    const place = [program.responseKey, ...places[0]!].join('.');
    const reason = `"${place}" is left out${count > 1 ? ` of ${count} groups` : ''}: ${message}`;
    record.addFault({ status: 'NONCONFORMING', code: 'STANDARD_BREACH', reason, rule }, path);
    // Where nobody else gave the figure it is null, without a further error.
    for (const each of places) run.collector.markMissing([...path, ...each]);
  }
  return { ...result, value: checked.value };
}

const EXACT = { smallCount: 0, roundTo: 1 } as const;

function mergeResults(
  { program, args }: FieldToMerge,
  results: readonly FieldResult[],
  skipped: SkippedRegions,
  run: Run,
  engine: ExecutionEngine,
) {
  return engine.steps.gather.merge(program, results.map(toContribution), {
    args,
    ...(isForPublic(run) ? engine.disclosure : EXACT),
    signCursor: createCursorSigner(program, args, skipped, run, engine),
  });
}

function reportProblems(
  { record, value, problems, mayBeNull }: FieldResult,
  { program, path }: FieldToMerge,
  engine: ExecutionEngine,
): void {
  for (const problem of problems) record.addFault(faultOfProblem(problem), path);
  const isAbsent = value === null && !mayBeNull;
  if (isAbsent && problems.length === 0)
    record.addFault(createNonconformingFault(program, value, engine, 'it is missing'), path);
}
