/** The shares of several platforms in one gathered field → its value, with all that is wrong with them on the ledger. */
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
  /** What was asked of it: no row of it lies elsewhere. */
  readonly region: Region;
  readonly record: CallRecord;
  /** Undefined where its answer is missing, which is on the ledger by then. */
  readonly value: unknown;
  /** What it gave when it was asked for more of its page; undefined where it was not, or did not. */
  readonly refill?: unknown;
  /** The platform's errors for this field, with paths as the platform wrote them. */
  readonly problems: readonly Problem[];
  readonly mayBeNull: boolean;
  /** Who that was: the platform, or those below it where it is a gateway. */
  readonly contributors: readonly Contributor[];
}

/** One platform that a field was asked of, and whether its part did not come. */
export interface Contributor {
  readonly record: CallRecord;
  readonly isMissing: boolean;
}

/** What a field with cursors has to know of the chain of pages that it is in. */
export interface Paging {
  readonly skipped: SkippedRegions;
  /** True where each tier has rows of its own over the same divisions. */
  readonly isLayered: boolean;
}

/** A gathered field whose platforms have all been asked. */
export interface FieldToMerge {
  readonly program: FieldProgram;
  readonly results: readonly FieldResult[];
  readonly args: Readonly<Record<string, unknown>>;
  readonly path: Path;
  /** Undefined where the field has no cursors. */
  readonly paging?: Paging | undefined;
}

export function mergeField(field: FieldToMerge, run: Run, engine: ExecutionEngine): unknown {
  const { program, results, path, paging } = field;
  for (const share of results) reportProblems(share, field, engine);
  const present = results.filter(({ value }) => value !== null && value !== undefined);
  const firstMerge = mergeResults(field, present, collectSkipped(field, []), run, engine);
  const bad = firstMerge.bad.map(({ index }) => present[index]!);
  for (const { index, expected } of firstMerge.bad) {
    const { record, value } = present[index]!;
    record.addFault(createNonconformingFault(program, value, engine, expected), path);
  }
  const usable = bad.length === 0 ? present : present.filter((share) => !bad.includes(share));
  // Cursors say what the page goes without, and that is known only once it has been merged.
  const isRemade = paging && bad.length > 0 && usable.length > 0;
  const merged = isRemade ? mergeResults(field, usable, collectSkipped(field, bad), run, engine) : firstMerge;
  if (paging) reportStaleRows(paging, usable, path);
  // Said of every statistic, whether or not anything is withheld: that would tell of what is not shown.
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
  missed: SkippedRegions,
  run: Run,
  engine: ExecutionEngine,
) {
  return engine.steps.gather.merge(program, results.map(toContribution), {
    args,
    ...(isForPublic(run) ? engine.disclosure : EXACT),
    signCursor: createCursorSigner(program, args, missed, run, engine),
  });
}

export function toContribution({ value, region, refill }: FieldResult): Contribution {
  return { value, region, refill };
}

/** Few fields have cursors: what binds them is worked out for the first. A gateway above seals its own. */
function createCursorSigner(
  program: FieldProgram,
  args: FieldToMerge['args'],
  missed: SkippedRegions,
  run: Run,
  { signer, limits }: ExecutionEngine,
): (position: string) => string {
  if (run.form === 'relay') return (position) => position;
  let seal: ((position: string) => string) | undefined;
  return (position) => {
    if (!seal) {
      const binding = cursorBinding(program, args, run);
      const write = createCursorEncoder(missed, limits.cursorBytesMax);
      seal = (given) => signer.sign(write(given), binding);
    }
    return seal(position);
  };
}

/** What was missed before, and what this page goes without. */
function collectSkipped({ results, paging }: FieldToMerge, bad: readonly FieldResult[]): SkippedRegions {
  if (!paging) return NOTHING_SKIPPED;
  let { skipped } = paging;
  for (const share of results) {
    const isBad = bad.includes(share);
    for (const { record, isMissing } of share.contributors) {
      if (!isMissing && !isBad) continue;
      skipped = addSkipped(skipped, layerOf(record, paging), intersect(record.owns, share.region));
    }
  }
  return skipped;
}

/** A platform that comes back in mid-paging: its rows before this page were not in the pages before. */
function reportStaleRows(paging: Paging, results: readonly FieldResult[], path: Path): void {
  const { count, regions } = paging.skipped;
  if (count === 0) return;
  for (const { contributors, region: asked } of results) {
    for (const { record, isMissing } of contributors) {
      const region = regions.get(layerOf(record, paging));
      if (isMissing || !region) continue;
      if (intersect(intersect(record.owns, asked), region).length > 0) record.addFault(createStaleFault(count), path);
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
 * What `work` returns; where it is refused, the refusal is an error at the path, and the field has what stands in for nothing,
 * so that a refused field does not cost its neighbours.
 */
export function catchFieldError(program: FieldProgram, path: Path, run: Run, action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    run.collector.addError(
      new GraphQLError(error.message, { path, extensions: { code: 'BAD_USER_INPUT', ...error.extensions } }),
    );
    // What stands in for nothing stays, whatever in it may not be null.
    if (program.refusedValue !== undefined) run.collector.markMissing(path);
    return program.refusedValue;
  }
}

const EXACT = { smallCount: 0, roundTo: 1 } as const;

/** Only officials see small counts. The gateway that has the client withholds them. */
export function isForPublic(run: Run): boolean {
  return run.form !== 'relay' && !isOfficial(run.asked.rights);
}

/** An auditor's role opens no more of the business than anybody sees. */
function isOfficial({ audience }: Rights): boolean {
  return audience === 'department' || audience === 'supervisor';
}

const WRONG_SHAPE = 'the answer does not have the shape that the standard prescribes';

/** The fault of a platform whose value for a field is not what it should be: where, and what was expected, but nothing of what came. */
export function createNonconformingFault(
  { responseKey, definition, node }: FieldProgram,
  value: unknown,
  { steps }: ExecutionEngine,
  because?: string,
): Fault {
  const misfit = steps.findTypeMismatch(value, definition.type, node);
  const mismatchText = misfit && `expected ${misfit.expected} at "${[responseKey, ...misfit.path].join('.')}"`;
  const expectation = mismatchText ?? because;
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
