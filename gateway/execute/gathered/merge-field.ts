/** What several platforms gave for one gathered field → its value. Their faults are in coverage. */
import { intersect, type Region } from '@yiwang/schema';
import { GraphQLError } from 'graphql';
import { type Path, PublicError } from '../../model/errors.ts';
import type { Contribution, FieldProgram } from '../../model/gather.ts';
import type { Problem } from '../../model/platform-answer.ts';
import type { Rights } from '../../model/rights.ts';
import type { ExecutionEngine, RouteTarget, Run } from '../context.ts';
import type { CallRecord, Fault } from '../coverage/call-record.ts';
import { faultOfProblem } from '../coverage/faults.ts';
import { addSkipped, createCursorEncoder, NOTHING_SKIPPED, type SkippedRegions } from './cursor.ts';
import { cursorBinding } from './gathered-field.ts';

/** What one platform gave for one field. */
export interface FieldResult {
  readonly target: RouteTarget;
  /** What the platform was asked for: none of its rows may lie elsewhere. */
  readonly region: Region;
  readonly record: CallRecord;
  /** Undefined if its answer is missing, which is reported by then. */
  readonly value: unknown;
  /** What it gave when it was asked for more rows of its page; undefined if it was not asked, or gave none. */
  readonly refill?: unknown;
  /** The platform's errors for this field, with the platform's paths. */
  readonly problems: readonly Problem[];
  readonly mayBeNull: boolean;
  /** The platform, or the platforms below if it is a gateway. */
  readonly contributors: readonly Contributor[];
}

/** One platform that was asked for a field. */
export interface Contributor {
  readonly record: CallRecord;
  readonly isMissing: boolean;
}

/** The chain of pages that a field with cursors is in. */
export interface Paging {
  readonly skipped: SkippedRegions;
  /** True if each tier has its own rows over the same divisions. */
  readonly isLayered: boolean;
}

/** A gathered field with the results of all of its platforms. */
export interface FieldToMerge {
  readonly program: FieldProgram;
  readonly results: readonly FieldResult[];
  readonly args: Readonly<Record<string, unknown>>;
  readonly path: Path;
  /** Undefined if the field has no cursors. */
  readonly paging?: Paging | undefined;
}

export function mergeField(field: FieldToMerge, run: Run, engine: ExecutionEngine): unknown {
  const { program, results, path, paging } = field;
  for (const result of results) reportProblems(result, field, engine);
  const present = results.filter(({ value }) => value !== null && value !== undefined);
  const firstMerge = mergeResults(field, present, collectSkipped(field, []), run, engine);
  const bad = firstMerge.bad.map(({ index }) => present[index]!);
  for (const { index, expected } of firstMerge.bad) {
    const { record, value } = present[index]!;
    record.addFault(createNonconformingFault(program, value, engine, expected), path);
  }
  const usable = bad.length === 0 ? present : present.filter((result) => !bad.includes(result));
  // Cursors name the regions that the page lacks, which are known only after a merge: so it is merged again.
  const isRemade = paging && bad.length > 0 && usable.length > 0;
  const merged = isRemade ? mergeResults(field, usable, collectSkipped(field, bad), run, engine) : firstMerge;
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
  if (usable.length > 0) return merged.value;
  const isNull = results.length > 0 && results.every(({ value, mayBeNull }) => value === null && mayBeNull);
  if (isNull) return null;
  if (program.emptyValue === undefined && results.length > 0) run.collector.markMissing(path);
  return program.emptyValue;
}

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

export function toContribution({ value, region, refill }: FieldResult): Contribution {
  return { value, region, refill };
}

/** The binding is computed for the first cursor, since few fields have any. A gateway above signs its own cursors. */
function createCursorSigner(
  program: FieldProgram,
  args: FieldToMerge['args'],
  skipped: SkippedRegions,
  run: Run,
  { signer, limits }: ExecutionEngine,
): (position: string) => string {
  if (run.recipient === 'gateway') return (position) => position;
  let sign: ((position: string) => string) | undefined;
  return (position) => {
    if (!sign) {
      const binding = cursorBinding(program, args, run);
      const encode = createCursorEncoder(skipped, limits.cursorBytesMax);
      sign = (text) => signer.sign(encode(text), binding);
    }
    return sign(position);
  };
}

/** The regions that earlier pages lack, and those that this page lacks. */
function collectSkipped({ results, paging }: FieldToMerge, bad: readonly FieldResult[]): SkippedRegions {
  if (!paging) return NOTHING_SKIPPED;
  let { skipped } = paging;
  for (const result of results) {
    const isBad = bad.includes(result);
    for (const { record, isMissing } of result.contributors) {
      if (!isMissing && !isBad) continue;
      skipped = addSkipped(skipped, layerOf(record, paging), intersect(record.owns, result.region));
    }
  }
  return skipped;
}

/** Reports platforms that were missing for an earlier page: their rows before this page are in no page. */
function reportStaleRows(paging: Paging, results: readonly FieldResult[], path: Path): void {
  const { count, regions } = paging.skipped;
  if (count === 0) return;
  for (const { contributors, region: requestedRegion } of results) {
    for (const { record, isMissing } of contributors) {
      const region = regions.get(layerOf(record, paging));
      if (isMissing || !region) continue;
      if (intersect(intersect(record.owns, requestedRegion), region).length > 0)
        record.addFault(createStaleFault(count), path);
    }
  }
}

function layerOf({ tier }: CallRecord, { isLayered }: Paging): string {
  return isLayered ? tier : '';
}

function createStaleFault(platforms: number): Fault {
  const who = platforms === 1 ? 'it did not answer' : `it was one of ${platforms} parts that were not answered for`;
  const reason = `its rows before this page were left out, since ${who} then: ask from the first page`;
  return { status: 'STALE', code: 'INCOMPLETE', reason };
}

/**
 * Returns what `action` returns. If it throws a refusal, adds the error at the path and returns the value of a refused
 * field, so that the fields beside it are answered.
 */
export function catchFieldError(program: FieldProgram, path: Path, run: Run, action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    run.collector.addError(
      new GraphQLError(error.message, { path, extensions: { code: 'BAD_USER_INPUT', ...error.extensions } }),
    );
    // The value stays, though fields in it are null that may not be.
    if (program.refusedValue !== undefined) run.collector.markMissing(path);
    return program.refusedValue;
  }
}

const EXACT = { smallCount: 0, roundTo: 1 } as const;

/** Only officials see small counts. The gateway that has the client withholds them. */
export function isForPublic(run: Run): boolean {
  return run.recipient === 'client' && !isOfficial(run.operation.rights);
}

/** An auditor sees no more of the statistics than the public. */
function isOfficial({ audience }: Rights): boolean {
  return audience === 'department' || audience === 'supervisor';
}

const WRONG_SHAPE = 'the answer does not have the shape that the standard prescribes';

/**
 * The fault of a platform whose value is not of the field's type. It says where and what was expected, and nothing of
 * the value.
 */
export function createNonconformingFault(
  { responseKey, definition, node }: FieldProgram,
  value: unknown,
  { steps }: ExecutionEngine,
  otherwise?: string,
): Fault {
  const mismatch = steps.findTypeMismatch(value, definition.type, node);
  const mismatchText = mismatch && `expected ${mismatch.expected} at "${[responseKey, ...mismatch.path].join('.')}"`;
  const expectation = mismatchText ?? otherwise;
  const reason = expectation === undefined ? WRONG_SHAPE : `${WRONG_SHAPE}: ${expectation}`;
  return { status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason };
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
