/** What several platforms gave for one entity → the entity in the tree, its gathered fields merged. */
import { containsDivision, containsRegion, isObject, regionOfKey } from '@yiwang/schema';
import { getArgumentValues } from 'graphql';
import { PublicError } from '../../model/errors.ts';
import { DIVISION_KEY, type FieldProgram } from '../../model/gather.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import type { Fault } from '../coverage/call-record.ts';
import { catchFieldError } from '../gathered/catch-field-error.ts';
import type { FieldResult } from '../gathered/field-result.ts';
import { mergeField } from '../gathered/merge-field.ts';
import { isForPublic } from '../is-for-public.ts';
import type { TreeObject } from '../tree/tree.ts';
import { type Entity, type EntityResult, firstPathOf, locationsOf, representationOf } from './collect-entities.ts';
import type { LookupProgram } from './lookup.ts';

/** Merges what the platforms gave for each entity, and writes it to all of its objects. */
export function mergeEntities(
  lookup: LookupProgram,
  entities: readonly Entity[],
  run: Run,
  engine: ExecutionEngine,
): void {
  const argumentsByProgram = new Map<FieldProgram, Arguments>();
  const argumentsOf = (program: FieldProgram): Arguments => {
    const args =
      argumentsByProgram.get(program) ??
      getArgumentValues(program.definition, program.clientNode, run.variables as Record<string, unknown>);
    argumentsByProgram.set(program, args);
    return args;
  };
  for (const entity of entities) mergeEntity(lookup, entity, argumentsOf, run, engine);
}

type Arguments = Readonly<Record<string, unknown>>;

function mergeEntity(
  lookup: LookupProgram,
  entity: Entity,
  argumentsOf: (program: FieldProgram) => Arguments,
  run: Run,
  engine: ExecutionEngine,
): void {
  const programs = lookup.gathered.size === 0 ? NO_PROGRAMS : (lookup.gathered.get(typenameOf(entity)) ?? NO_PROGRAMS);
  const { asked, results = [] } = entity;
  const isOfCity = lookup.ofCities.size > 0 && lookup.ofCities.has(typenameOf(entity));
  if (isOfCity) for (const result of results) hideOutOfScope(result, entity, run);
  const present = results.flatMap(({ value }) => (value ? [value] : []));
  if (isOfCity && present.length === 0 && mayLieBeyondScope(entity, run, engine))
    for (const { path } of locationsOf(entity)) run.collector.suppress(path);
  if (present.length === 0 && programs.length === 0) return;
  if (programs.length === 0 && present.length > 1 && isConflict(present)) {
    const platformNames = results.flatMap(({ target }) => target?.platform.id ?? []).join(' and ');
    const path = firstPathOf(entity);
    run.collector.addError(
      new PublicError('CONFLICT', `${platformNames} gave different answers to what one of them owns`, { path }),
    );
    return;
  }
  const value: TreeObject = programs.length === 0 ? present[0]! : { ...present[0] };
  for (const program of programs) {
    const at = [...firstPathOf(entity), program.responseKey];
    value[program.responseKey] = catchFieldError(program, at, run, () => {
      const fieldResults = results.flatMap((result) => toFieldResult(result, program) ?? []);
      const args = argumentsOf(program);
      program.check(args, isForPublic(run));
      return mergeField({ program, results: fieldResults, asked, args, path: at }, run, engine);
    });
  }
  lookup.write(entity, value);
}

/**
 * The id of an entity may lead to a platform that holds rows of a whole city. A row outside of the caller's scope is not
 * there, even if that platform shows it.
 */
function hideOutOfScope(result: EntityResult, entity: Entity, run: Run): void {
  if (result.value === null) return;
  const division = result.value[DIVISION_KEY];
  const code = isObject(division) ? division.code : undefined;
  if (typeof code === 'string' && containsDivision(run.scope.region, code)) return;
  result.value = null;
  result.record?.addFault(OUT_OF_REGION, firstPathOf(entity));
}

/**
 * True if the platforms said that they have no such row, and the caller's scope is a part of the city that the id names:
 * the row may be in another part, so that its absence is no fault.
 */
function mayLieBeyondScope(entity: Entity, { scope }: Run, { rules }: ExecutionEngine): boolean {
  const { asked, results = [] } = entity;
  if (asked === 0 || results.length < asked) return false;
  const representation = representationOf(entity);
  const key = rules.jurisdictionKey(String(representation.__typename));
  return key !== undefined && !containsRegion(scope.region, regionOfKey('CITY_ID', String(representation[key.field])));
}

const OUT_OF_REGION: Fault = {
  status: 'NONCONFORMING',
  code: 'PLATFORM_FAILED',
  reason: 'the row lies outside of the requested region',
};

/** A call may ask for several entities, so that rows of all that the platform owns may come. */
function toFieldResult(
  { target, record, value }: EntityResult,
  { responseKey }: FieldProgram,
): FieldResult | undefined {
  if (!target || !record) return undefined;
  const own = value?.[responseKey] ?? null;
  return { target, region: target.owns, record, value: own, problems: [], mayBeNull: true, contributors: [] };
}

function typenameOf(entity: Entity): string {
  return String(representationOf(entity).__typename);
}

const NO_PROGRAMS: readonly FieldProgram[] = [];

function isConflict(values: readonly TreeObject[]): boolean {
  const text = JSON.stringify(values[0]);
  return values.some((value) => JSON.stringify(value) !== text);
}
