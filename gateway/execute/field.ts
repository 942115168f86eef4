/** The shares of several platforms in one gathered field → its value, with all that is wrong with them on the ledger. */
import { GraphQLError } from 'graphql';
import type { Problem } from '../model/answer.ts';
import { type Path, PublicError } from '../model/errors.ts';
import type { FieldProgram } from '../model/gather.ts';
import type { Rights } from '../model/rights.ts';
import type { Engine, Run, Target } from './context.ts';
import { type CallRecord, faultOfProblem } from './ledger.ts';
import { bindingOf } from './unit.ts';

/** What one platform gave for one field. */
export interface Share {
  readonly target: Target;
  readonly record: CallRecord;
  /** Undefined where its answer is missing, which is on the ledger by then. */
  readonly value: unknown;
  /** The platform's errors for this field, with paths as the platform wrote them. */
  readonly problems: readonly Problem[];
  readonly mayBeNull: boolean;
}

/** A gathered field whose platforms have all been asked. */
export interface Settling {
  readonly program: FieldProgram;
  readonly shares: readonly Share[];
  readonly args: Readonly<Record<string, unknown>>;
  readonly path: Path;
}

export function settleField({ program, shares, args, path }: Settling, run: Run, engine: Engine): unknown {
  for (const share of shares) reportProblems(share, path);
  const given = shares.filter(({ value }) => value !== null && value !== undefined);
  const merged = engine.steps.gather.merge(
    program,
    given.map(({ value, target }) => ({ value, region: target.asked })),
    {
      args,
      smallCount: isOfficial(run.asked.rights) ? 0 : engine.smallCount,
      sealCursor: createSealCursor(program, args, run, engine),
    },
  );
  for (const index of merged.bad) given[index]!.record.fault(NONCONFORMING, path);
  run.ledger.withheld(path, merged.withheld);
  if (merged.conflict) {
    const named = given.map(({ target }) => target.platform.id).join(' and ');
    run.ledger.error(new PublicError('CONFLICT', `${named} gave different answers to what one of them owns`, { path }));
    return null;
  }
  if (given.length > merged.bad.length) return merged.value;
  const isNull = shares.length > 0 && shares.every(({ value, mayBeNull }) => value === null && mayBeNull);
  if (isNull) return null;
  if (program.empty === undefined && shares.length > 0) run.ledger.gap(path);
  return program.empty;
}

/** Few fields have cursors: what binds them is worked out for the first. */
function createSealCursor(program: FieldProgram, args: Settling['args'], run: Run, engine: Engine) {
  let binding: string | undefined;
  return (position: string): string => {
    binding ??= bindingOf(program, args, run);
    return engine.sealer.seal(position, binding);
  };
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
    return program.empty;
  }
}

/** An auditor's role opens no more of the business than anybody sees. */
function isOfficial({ audience }: Rights): boolean {
  return audience === 'department' || audience === 'supervisor';
}

const NONCONFORMING = {
  status: 'NONCONFORMING',
  code: 'PLATFORM_FAILED',
  reason: 'the answer does not have the shape that the standard prescribes',
} as const;

function reportProblems({ record, value, problems, mayBeNull }: Share, path: Path): void {
  for (const problem of problems) record.fault(faultOfProblem(problem), path);
  const isAbsent = value === null && !mayBeNull;
  if (isAbsent && problems.length === 0) record.fault(NONCONFORMING, path);
}
