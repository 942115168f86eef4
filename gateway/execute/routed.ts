/** A root field in one run: its arguments, whom it is asked of, and what of its rows. */
import type { JurisdictionForm, Region, SubgraphAddress } from '@yiwang/schema';
import { divisions, intersect, NOWHERE, regionOf, regionOfKey } from '@yiwang/schema';
import { getNamedType } from 'graphql';
import type { FieldProgram, HiddenVariable, RowsAsked } from '../model/gather.ts';
import { boundedRegion } from './bounded.ts';
import type { Engine, Run, Target } from './context.ts';
import { type Missed, NONE_MISSED } from './cursor.ts';
import { isForPublic, type Share } from './field.ts';
import { rowShare } from './row-share.ts';
import { coverRegion, readCursor, type Unit } from './unit.ts';

/** A root field in one run: where it goes, and what came of it. */
export interface Routed {
  readonly unit: Unit;
  readonly args: Readonly<Record<string, unknown>>;
  /** Whose rows the pages before this one went without. */
  readonly missed: Missed;
  readonly targets: readonly Target[];
  readonly hiddenValues: HiddenValues;
  /** Undefined where each platform is asked for all that the client wants. */
  readonly rowsAsked: RowsAsked | undefined;
  readonly shares: Share[];
}

export type HiddenValues = Readonly<Record<HiddenVariable['holds'], unknown>>;

/** Throws a `PublicError` where the arguments are refused. */
export function routeUnit(unit: Unit, served: SubgraphAddress, run: Run, engine: Engine): Routed {
  const { program } = unit;
  const args = unit.readArguments(run);
  program.check(args, isForPublic(run));
  const rule = engine.rules.jurisdiction('Query', program.definition.name);
  const named = rule && args[rule.argument];
  const region =
    rule && named !== null && named !== undefined
      ? namedRegion(program, rule.form, String(named), run, engine)
      : run.reach.region;
  const cursor = readCursor(program, args, run, engine);
  const targets = coverRegion(served, region, run, engine);
  if (rule && rule.form !== 'WITHIN' && targets.length === 0) run.ledger.unserved(divisionAround(region));
  const rowsAsked = shareOut(unit, args, targets, engine);
  const hiddenValues: HiddenValues = {
    first: rowsAsked?.share ?? args.first,
    position: cursor?.position ?? null,
    top: cutsBelow(program, targets, run) ? args.top : null,
    within: named ?? run.reach.division,
  };
  return { unit, args, missed: cursor?.missed ?? NONE_MISSED, targets, hiddenValues, rowsAsked, shares: [] };
}

/**
 * The division in which the row of an id lies that nobody answers for: the row may be there, and is not merely not found. The table
 * holds the communities of few cities; a division that it does not hold has no rows.
 */
function divisionAround(region: Region): Region {
  const code = region[0]?.[0] ?? '';
  const known = divisions().get(code) ?? (code.length === 12 ? divisions().get(code.slice(0, 9)) : undefined);
  return known ? regionOf(known.code) : NOWHERE;
}

/** The groups of one platform are cut there. Those of several are whole after the merge alone, and some may have to be withheld. */
function cutsBelow(program: FieldProgram, targets: readonly Target[], run: Run): boolean {
  return targets.length === 1 && program.mayCutBelow && !(program.withholds && isForPublic(run));
}

function shareOut(
  { refill }: Unit,
  { first }: Routed['args'],
  targets: readonly Target[],
  { limits }: Engine,
): RowsAsked | undefined {
  if (!refill || typeof first !== 'number' || first < 0) return undefined;
  const share = rowShare({ rows: first, platforms: targets.length, rowsMin: limits.pageShareMin });
  return share < first ? { first, share } : undefined;
}

/** A division beyond the own scope is refused, never silently narrowed; an id beyond it is simply not found. */
function namedRegion(program: FieldProgram, form: JurisdictionForm, named: string, run: Run, engine: Engine): Region {
  if (form === 'WITHIN') return boundedRegion(named, run);
  const region = regionOfKey(form, named);
  return isPublicRow(program, engine) ? region : intersect(region, run.reach.region);
}

function isPublicRow(program: FieldProgram, engine: Engine): boolean {
  return engine.rules.entityKey(getNamedType(program.definition.type).name)?.isPublic ?? false;
}
