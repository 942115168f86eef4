/** What went wrong with an answer for entities → where the client sees it: nothing of `_entities` is in a client's answer. */
import type { Answer, Problem } from '../model/answer.ts';
import type { Path } from '../model/errors.ts';
import type { Batch } from './batch.ts';
import { type Entity, firstPathOf, placesOf } from './entity.ts';
import type { LookupProgram } from './lookup.ts';
import { type Reporting, reportMissing, reportProblem, reportUnplaced, tellMissing } from './report.ts';
import { isObject, renamedPath } from './tree.ts';

/** One lookup of a fetch, and the entities that a call asked for by it. */
export interface AskedLookup {
  readonly lookup: LookupProgram;
  readonly entities: readonly Entity[];
}

export function askedLookups(lookups: readonly LookupProgram[], batch: Batch): readonly AskedLookup[] {
  return lookups.flatMap((lookup, i) => {
    const entities = batch.entities[i]!;
    return entities.length > 0 ? [{ lookup, entities }] : [];
  });
}

/** For an answer that did not come: each problem at the entity that it names, or where the entities are. */
export function reportMissingEntities(
  answer: Extract<Answer, { kind: 'missing' }>,
  asked: readonly AskedLookup[],
  reporting: Reporting,
): void {
  tellMissing(answer, firstPathIn(asked), reporting);
  for (const each of asked) {
    const isForOthers = (problem: Problem): boolean =>
      asked.some((other) => other !== each && isOf(other.lookup, problem));
    const problems = answer.problems.filter((problem) => !isForOthers(problem));
    const pathsOf = (problem: Problem): readonly Path[] => entityPaths(problem, each, reporting) ?? [];
    for (const at of lanesOf(each)) reportMissing({ ...answer, problems }, at, pathsOf, reporting);
  }
}

/** For what was answered in part. */
export function reportEntityProblems(
  { data, problems }: Extract<Answer, { kind: 'answered' }>,
  asked: readonly AskedLookup[],
  reporting: Reporting,
): void {
  for (const problem of problems) {
    const named = asked.find(({ lookup }) => isOf(lookup, problem));
    const paths = named && entityPaths(problem, named, reporting);
    if (paths) for (const path of paths) reportProblem(problem, path, reporting);
    else {
      const meant = named ? [named] : asked;
      const empty = meant.map((each) => emptyPlace(each, data)).find((path) => path !== undefined);
      reportUnplaced(problem, { empty, otherwise: firstPathIn(meant) }, reporting);
    }
  }
}

function isOf({ plan }: LookupProgram, { path }: Problem): boolean {
  return path?.[0] === plan.responseKey;
}

/** Every place of the entity that the problem names, of which a platform's fault names the first; undefined where it names none. */
function entityPaths(problem: Problem, { lookup, entities }: AskedLookup, { record }: Reporting): Path[] | undefined {
  if (!isOf(lookup, problem)) return undefined;
  const [, index, ...below] = problem.path ?? [];
  const entity = typeof index === 'number' ? entities[index] : undefined;
  const places = entity && placesOf(entity);
  const within = renamedPath(below, lookup.plan.outputRewrites);
  return (record ? places?.slice(0, 1) : places)?.map((place) => [...place.path, ...within]);
}

/** The place of the first entity that has no value. */
function emptyPlace({ lookup, entities }: AskedLookup, data: Readonly<Record<string, unknown>>): Path | undefined {
  const values = data[lookup.plan.responseKey];
  const entity = entities.find((_, i) => !Array.isArray(values) || !isObject(values[i]));
  return entity && [...firstPathOf(entity), ...lookup.soleField];
}

/** One place for each way that leads to the entities. */
export function lanesOf({ lookup, entities }: AskedLookup): Path[] {
  const lanes = new Map<number, Path>();
  for (const { lane, path } of entities.flatMap(placesOf)) if (!lanes.has(lane)) lanes.set(lane, path);
  return [...lanes.values()].map((path) => [...path, ...lookup.soleField]);
}

export function firstPathIn(asked: readonly AskedLookup[]): Path {
  const { lookup, entities } = asked[0]!;
  return [...firstPathOf(entities[0]!), ...lookup.soleField];
}
