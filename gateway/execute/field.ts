/** The shares of several platforms in one gathered field → its value, with all that is wrong with them on the ledger. */
import { intersect, type Region } from '@yiwang/schema';
import { GraphQLError } from 'graphql';
import type { Problem } from '../model/answer.ts';
import { type Path, PublicError } from '../model/errors.ts';
import type { Contribution, FieldProgram } from '../model/gather.ts';
import type { Rights } from '../model/rights.ts';
import type { Engine, Run, Target } from './context.ts';
import { createCursorWriter, type Missed, NONE_MISSED, withMissed } from './cursor.ts';
import { faultOfProblem } from './ledger.ts';
import type { CallRecord, Fault } from './ledger-call.ts';
import { bindingOf } from './unit.ts';

/** What one platform gave for one field. */
export interface Share {
  readonly target: Target;
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
  readonly parts: readonly Part[];
}

/** One platform that a field was asked of, and whether its part did not come. */
export interface Part {
  readonly record: CallRecord;
  readonly isMissing: boolean;
}

/** What a field with cursors has to know of the chain of pages that it is in. */
export interface Paging {
  readonly missed: Missed;
  /** True where each tier has rows of its own over the same divisions. */
  readonly isLayered: boolean;
}

/** A gathered field whose platforms have all been asked. */
export interface Settling {
  readonly program: FieldProgram;
  readonly shares: readonly Share[];
  readonly args: Readonly<Record<string, unknown>>;
  readonly path: Path;
  /** Undefined where the field has no cursors. */
  readonly paging?: Paging | undefined;
}

export function settleField(settling: Settling, run: Run, engine: Engine): unknown {
  const { program, shares, path, paging } = settling;
  for (const share of shares) reportProblems(share, settling, engine);
  const present = shares.filter(({ value }) => value !== null && value !== undefined);
  const asking = mergeShares(settling, present, missedNow(settling, []), run, engine);
  const bad = asking.bad.map(({ index }) => present[index]!);
  for (const { index, because } of asking.bad) {
    const { record, value } = present[index]!;
    record.fault(nonconforming(program, value, engine, because), path);
  }
  const given = bad.length === 0 ? present : present.filter((share) => !bad.includes(share));
  // Cursors say what the page goes without, and that is known only once it has been merged.
  const isRemade = paging && bad.length > 0 && given.length > 0;
  const merged = isRemade ? mergeShares(settling, given, missedNow(settling, bad), run, engine) : asking;
  if (paging) reportStale(paging, given, path);
  // Said of every statistic, whether or not anything is withheld: that would tell of what is not shown.
  if (program.withholds && isForPublic(run)) run.ledger.withheld(path, engine.disclosure);
  if (merged.conflict) {
    const named = given.map(({ target }) => target.platform.id).join(' and ');
    run.ledger.error(new PublicError('CONFLICT', `${named} gave different answers to what one of them owns`, { path }));
    return null;
  }
  if (given.length > 0) return merged.value;
  const isNull = shares.length > 0 && shares.every(({ value, mayBeNull }) => value === null && mayBeNull);
  if (isNull) return null;
  if (program.empty === undefined && shares.length > 0) run.ledger.gap(path);
  return program.empty;
}

function mergeShares({ program, args }: Settling, shares: readonly Share[], missed: Missed, run: Run, engine: Engine) {
  return engine.steps.gather.merge(program, shares.map(contributionOf), {
    args,
    ...(isForPublic(run) ? engine.disclosure : EXACT),
    sealCursor: createSealCursor(program, args, missed, run, engine),
  });
}

export function contributionOf({ value, region, refill }: Share): Contribution {
  return { value, region, refill };
}

/** Few fields have cursors: what binds them is worked out for the first. A gateway above seals its own. */
function createSealCursor(
  program: FieldProgram,
  args: Settling['args'],
  missed: Missed,
  run: Run,
  { sealer, limits }: Engine,
): (position: string) => string {
  if (run.form === 'relay') return (position) => position;
  let seal: ((position: string) => string) | undefined;
  return (position) => {
    if (!seal) {
      const binding = bindingOf(program, args, run);
      const write = createCursorWriter(missed, limits.cursorBytesMax);
      seal = (given) => sealer.seal(write(given), binding);
    }
    return seal(position);
  };
}

/** What was missed before, and what this page goes without. */
function missedNow({ shares, paging }: Settling, bad: readonly Share[]): Missed {
  if (!paging) return NONE_MISSED;
  let { missed } = paging;
  for (const share of shares) {
    const isBad = bad.includes(share);
    for (const { record, isMissing } of share.parts) {
      if (!isMissing && !isBad) continue;
      missed = withMissed(missed, layerOf(record, paging), intersect(record.owns, share.region));
    }
  }
  return missed;
}

/** A platform that comes back in mid-paging: its rows before this page were not in the pages before. */
function reportStale(paging: Paging, shares: readonly Share[], path: Path): void {
  const { platforms, regions } = paging.missed;
  if (platforms === 0) return;
  for (const { parts, region: asked } of shares) {
    for (const { record, isMissing } of parts) {
      const region = regions.get(layerOf(record, paging));
      if (isMissing || !region) continue;
      if (intersect(intersect(record.owns, asked), region).length > 0) record.fault(staleOf(platforms), path);
    }
  }
}

function layerOf({ tier }: CallRecord, { isLayered }: Paging): string {
  return isLayered ? tier : '';
}

function staleOf(platforms: number): Fault {
  const who = platforms === 1 ? 'it did not answer' : `it was one of ${platforms} parts that were not answered for`;
  const reason = `its rows before this page were left out, since ${who} then: ask from the first page`;
  return { status: 'STALE', code: 'INCOMPLETE', reason };
}

/**
 * What `work` returns; where it is refused, the refusal is an error at the path, and the field has what stands in for nothing,
 * so that a refused field does not cost its neighbours.
 */
export function refusable(program: FieldProgram, path: Path, run: Run, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    run.ledger.error(
      new GraphQLError(error.message, { path, extensions: { code: 'BAD_USER_INPUT', ...error.extensions } }),
    );
    // What stands in for nothing stays, whatever in it may not be null.
    if (program.refused !== undefined) run.ledger.gap(path);
    return program.refused;
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

const SHAPELESS = 'the answer does not have the shape that the standard prescribes';

/** The fault of a platform whose value for a field is not what it should be: where, and what was expected, but nothing of what came. */
export function nonconforming(
  { responseKey, definition, node }: FieldProgram,
  value: unknown,
  { steps }: Engine,
  because?: string,
): Fault {
  const misfit = steps.misfit(value, definition.type, node);
  const told = misfit && `expected ${misfit.expected} at "${[responseKey, ...misfit.path].join('.')}"`;
  const expectation = told ?? because;
  const reason = expectation === undefined ? SHAPELESS : `${SHAPELESS}: ${expectation}`;
  return { status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason };
}

function reportProblems(
  { record, value, problems, mayBeNull }: Share,
  { program, path }: Settling,
  engine: Engine,
): void {
  for (const problem of problems) record.fault(faultOfProblem(problem), path);
  const isAbsent = value === null && !mayBeNull;
  if (isAbsent && problems.length === 0) record.fault(nonconforming(program, value, engine, 'it is missing'), path);
}
