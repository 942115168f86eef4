/** Problems of an answer for entities → errors where the client sees these entities: its answer has no `_entities`. */

import { isObject } from '@yiwang/schema';
import type { Path } from '../../model/errors.ts';
import type { MissingAnswer, Problem } from '../../model/platform/platform-answer.ts';
import type { PresentAnswer } from '../call/fetch-call.ts';
import {
  logMissing,
  type ReportedCall,
  reportMissing,
  reportProblem,
  reportUnplaced,
} from '../call/report-problems.ts';
import type { ExecutionEngine } from '../context.ts';
import { renamePath } from '../tree/rewrite.ts';
import type { Batch } from './batches.ts';
import { type Entity, firstPathOf, locationsOf } from './collect-entities.ts';
import type { LookupProgram } from './lookup.ts';

/** One lookup of a fetch, and the entities that a call asks for by it. */
export interface LookupBatch {
  readonly lookup: LookupProgram;
  readonly entities: readonly Entity[];
}

export function toLookupBatches(lookups: readonly LookupProgram[], batch: Batch): readonly LookupBatch[] {
  return lookups.flatMap((lookup, i) => {
    const entities = batch.entities[i]!;
    return entities.length > 0 ? [{ lookup, entities }] : [];
  });
}

/** For a missing answer: each problem is reported at the entity that it names, or at all entities. */
export function reportMissingEntities(
  answer: MissingAnswer,
  batches: readonly LookupBatch[],
  call: ReportedCall,
  engine: ExecutionEngine,
): void {
  logMissing(answer, firstPathIn(batches), call);
  for (const each of batches) {
    const isForOthers = (problem: Problem): boolean =>
      batches.some((other) => other !== each && isProblemOf(other.lookup, problem));
    const problems = answer.problems.filter((problem) => !isForOthers(problem));
    const pathsOf = (problem: Problem): readonly Path[] => entityPaths(problem, each, call) ?? [];
    for (const at of reportPaths(each)) reportMissing({ ...answer, problems }, at, pathsOf, call, engine);
  }
}

/** For an answer with problems. */
export function reportEntityProblems(
  data: PresentAnswer['data'],
  problems: readonly Problem[],
  batches: readonly LookupBatch[],
  call: ReportedCall,
  engine: ExecutionEngine,
): void {
  for (const problem of problems) {
    const batch = batches.find(({ lookup }) => isProblemOf(lookup, problem));
    const paths = batch && entityPaths(problem, batch, call);
    if (paths) for (const path of paths) reportProblem(problem, path, call, engine);
    else {
      const candidates = batch ? [batch] : batches;
      const empty = candidates.map((each) => findEmptyPath(each, data)).find((path) => path !== undefined);
      reportUnplaced(problem, { empty, otherwise: firstPathIn(candidates) }, call, engine);
    }
  }
}

function isProblemOf({ plan }: LookupProgram, { path }: Problem): boolean {
  return path?.[0] === plan.responseKey;
}

/**
 * Every place of the entity that the problem names, or the first for a platform's fault; undefined if it names no
 * entity.
 */
function entityPaths(
  problem: Problem,
  { lookup, entities }: LookupBatch,
  { record }: ReportedCall,
): Path[] | undefined {
  if (!isProblemOf(lookup, problem)) return undefined;
  const [, index, ...below] = problem.path ?? [];
  const entity = typeof index === 'number' ? entities[index] : undefined;
  const located = entity && locationsOf(entity);
  const within = renamePath(below, lookup.plan.outputRewrites);
  return (record ? located?.slice(0, 1) : located)?.map((each) => [...each.path, ...within]);
}

/** The place of the first entity that has no value. */
function findEmptyPath({ lookup, entities }: LookupBatch, data: Readonly<Record<string, unknown>>): Path | undefined {
  const values = data[lookup.plan.responseKey];
  const entity = entities.find((_, i) => !Array.isArray(values) || !isObject(values[i]));
  return entity && [...firstPathOf(entity), ...lookup.soleField];
}

/** The first place for each path of the plan that leads to the entities. */
export function reportPaths({ lookup, entities }: LookupBatch): Path[] {
  const paths = new Map<number, Path>();
  for (const { pathIndex, path } of entities.flatMap(locationsOf))
    if (!paths.has(pathIndex)) paths.set(pathIndex, path);
  return [...paths.values()].map((path) => [...path, ...lookup.soleField]);
}

export function firstPathIn(batches: readonly LookupBatch[]): Path {
  const { lookup, entities } = batches[0]!;
  return [...firstPathOf(entities[0]!), ...lookup.soleField];
}
