/** A root field and its arguments → the platforms that are asked for it, and for how many of its rows. */
import {
  divisions,
  intersect,
  type JurisdictionForm,
  NOWHERE,
  type Region,
  regionOf,
  regionOfKey,
  type SubgraphAddress,
} from '@yiwang/schema';
import { getNamedType } from 'graphql';
import type { FieldProgram, HiddenVariable, RequestedRows } from '../../model/gather.ts';
import type { RouteTarget } from '../../model/platform/network.ts';
import { coverInSubgraphs, coverRegion } from '../call/cover-region.ts';
import { regionOfOrganisation, reportUnreadDirectory } from '../call/find-organisation.ts';
import { namedDivisions, regionInScope } from '../call/scope-check.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { isForPublic } from '../is-for-public.ts';
import { verifyCursor } from './client-cursor.ts';
import { NOTHING_SKIPPED, type SkippedRegions } from './cursor.ts';
import type { FieldResult } from './field-result.ts';
import type { GatheredField } from './gathered-field.ts';
import { estimateRowShare } from './row-share.ts';

/** A root field in one run: its platforms and their results. */
export interface RoutedField {
  readonly field: GatheredField;
  readonly args: Readonly<Record<string, unknown>>;
  /** The regions whose rows the pages before this one lack. */
  readonly skipped: SkippedRegions;
  readonly targets: readonly RouteTarget[];
  readonly hiddenValues: HiddenValues;
  /** Undefined if each platform is asked for all rows that the client wants. */
  readonly rowsAsked: RequestedRows | undefined;
  readonly results: FieldResult[];
}

export type HiddenValues = Readonly<Record<HiddenVariable['role'], unknown>>;

/** Throws a `PublicError` if the arguments are refused. */
export function routeField(
  field: GatheredField,
  address: SubgraphAddress,
  run: Run,
  engine: ExecutionEngine,
): RoutedField {
  const { program } = field;
  const args = field.coerceArguments(run);
  program.check(args, isForPublic(run));
  const rule = engine.rules.jurisdiction('Query', program.definition.name);
  const named = rule && namedDivisions(rule, args, engine.limits);
  const region = rule && named ? regionOfArguments(program, rule.form, named, run, engine) : run.scope.region;
  const cursor = verifyCursor(program, args, run, engine);
  // An upstream gateway asks for the part of each subgraph by itself.
  const targets =
    field.jointAddresses && run.recipient === 'client'
      ? coverInSubgraphs(field.jointAddresses, region, run, engine)
      : coverRegion(address, region, run, engine);
  if (rule && rule.form !== 'WITHIN' && targets.length === 0) run.collector.addUnserved(divisionContaining(region));
  const rowsAsked = splitPage(field, args, targets, engine);
  const hiddenValues: HiddenValues = {
    first: rowsAsked?.perPlatform ?? args.first,
    position: cursor?.position ?? null,
    top: isCutByPlatform(program, targets, run) ? args.top : null,
    within: rule?.listArgument !== undefined && args[rule.listArgument] ? null : (named?.[0] ?? run.scope.division),
  };
  return { field, args, skipped: cursor?.skipped ?? NOTHING_SKIPPED, targets, hiddenValues, rowsAsked, results: [] };
}

/**
 * The division of a row's id that no platform answers for: the row may exist, so that it is not merely not found. The
 * table has the communities of few cities. A division that is not in the table has no rows.
 */
function divisionContaining(region: Region): Region {
  const code = region[0]?.[0] ?? '';
  const division = divisions().get(code) ?? (code.length === 12 ? divisions().get(code.slice(0, 9)) : undefined);
  return division ? regionOf(division.code) : NOWHERE;
}

/**
 * One platform cuts its groups itself. Groups of several are complete only after the merge, and some may have to be
 * withheld.
 */
function isCutByPlatform(program: FieldProgram, targets: readonly RouteTarget[], run: Run): boolean {
  return targets.length === 1 && program.mayTruncateBelow && !(program.withholds && isForPublic(run));
}

function splitPage(
  { refill }: GatheredField,
  { first }: RoutedField['args'],
  targets: readonly RouteTarget[],
  { limits }: ExecutionEngine,
): RequestedRows | undefined {
  if (!refill || typeof first !== 'number' || first < 0) return undefined;
  const perPlatform = estimateRowShare({ rows: first, platforms: targets.length, rowsMin: limits.pageShareMin });
  return perPlatform < first ? { first, perPlatform } : undefined;
}

/** A division beyond the caller's scope is refused, and never silently narrowed. An id beyond it is not found. */
function regionOfArguments(
  program: FieldProgram,
  form: JurisdictionForm,
  named: readonly string[],
  run: Run,
  engine: ExecutionEngine,
): Region {
  if (form === 'WITHIN') return regionInScope(named, run);
  const key = named[0]!;
  const region = form === 'CREDIT_CODE' ? findOrganisation(program, key, run) : regionOfKey(form, key);
  return isPublicRow(program, engine) ? region : intersect(region, run.scope.region);
}

/** A code that the directory does not know has no row. */
function findOrganisation({ responseKey }: FieldProgram, code: string, run: Run): Region {
  const region = regionOfOrganisation(code, run);
  if (!region) reportUnreadDirectory(code, [responseKey], run);
  return region ?? NOWHERE;
}

function isPublicRow(program: FieldProgram, engine: ExecutionEngine): boolean {
  return engine.rules.jurisdictionKey(getNamedType(program.definition.type).name)?.isPublic ?? false;
}
