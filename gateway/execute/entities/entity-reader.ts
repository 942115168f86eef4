/**
 * How an entity fetch reads answers: each value is written to the objects of its entity, or kept until all platforms
 * answered.
 */

import { isObject } from '@yiwang/schema';
import type { Path } from '../../model/errors.ts';
import type { MissingAnswer } from '../../model/platform/platform-answer.ts';
import type { AnswerReader, FetchCall, PresentAnswer } from '../call/fetch-call.ts';
import { claimEntities } from '../claims/claim-entities.ts';
import type { ExecutionEngine } from '../context.ts';
import { renamePath } from '../tree/rewrite.ts';
import type { Batch } from './batches.ts';
import type { CachedEntities } from './cached-entities.ts';
import { type Entity, firstPathOf } from './collect-entities.ts';
import {
  firstPathIn,
  type LookupBatch,
  reportEntityProblems,
  reportMissingEntities,
  toLookupBatches,
} from './entity-problems.ts';
import type { LookupProgram } from './lookup.ts';

export interface EntityReaderOptions {
  readonly lookups: readonly LookupProgram[];
  /** True if each entity is routed by its key: what several platforms give for one is merged when all have answered. */
  readonly isRouted: boolean;
  readonly cached: CachedEntities | undefined;
}

export function createEntityReader(options: EntityReaderOptions, engine: ExecutionEngine): AnswerReader<Batch> {
  const { lookups, cached, isRouted } = options;
  return {
    toClientPath: (path, { part }) => toClientPath(path, part, lookups) ?? firstPathIn(toLookupBatches(lookups, part)),
    addClaims: (claims, { part: { entities } }, giver) =>
      claimEntities(claims, { lookups, entities, giver }, engine.rules),
    readMissing: (answer, call) => {
      const { part, record, run } = call;
      if (record && !answer.isDenied && cached?.readStale(part, run)) record.markStale(answer.reason);
      else reportMissingEntities(answer, toLookupBatches(lookups, part), call, engine);
    },
    readAnswer: (answer, problems, call) => {
      const { part, run } = call;
      cached?.store(part, answer, run);
      if (problems.length > 0) {
        reportEntityProblems(answer.data, problems, toLookupBatches(lookups, part), call, engine);
      }
      for (let i = 0; i < lookups.length; i++) {
        const lookup = lookups[i]!;
        const entities = part.entities[i]!;
        if (entities.length === 0) continue;
        const values = answer.data[lookup.plan.responseKey];
        if (Array.isArray(values) && values.length === entities.length) {
          const unreadable = readValues(values, { lookup, entities }, call, isRouted);
          if (unreadable.length > 0) reportMalformed(answer, { lookup, entities: unreadable }, call, engine);
        } else if (problems.length === 0) reportMalformed(answer, { lookup, entities }, call, engine);
      }
    },
  };
}

/** Returns the entities whose value is neither an object nor null. */
function readValues(
  values: readonly unknown[],
  { lookup, entities }: LookupBatch,
  { target, record }: FetchCall<Batch>,
  isRouted: boolean,
): readonly Entity[] {
  let unreadable: Entity[] | undefined;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i]!;
    const value = values[i];
    const object = isObject(value) ? value : null;
    if (object === null && value !== null) {
      unreadable ??= [];
      unreadable.push(entity);
    }
    if (isRouted) {
      entity.results ??= [];
      entity.results.push({ target, record, value: object });
    } else if (object) lookup.write(entity, object);
  }
  return unreadable ?? NO_ENTITIES;
}

const NO_ENTITIES: readonly Entity[] = [];

function reportMalformed(
  { elapsedMs }: PresentAnswer,
  batch: LookupBatch,
  call: FetchCall<Batch>,
  engine: ExecutionEngine,
): void {
  const reason = 'the answer does not have one entry for each entity asked for';
  const answer: MissingAnswer = {
    kind: 'missing',
    status: 'NONCONFORMING',
    code: 'PLATFORM_FAILED',
    reason,
    problems: [],
    elapsedMs,
  };
  reportMissingEntities(answer, [batch], call, engine);
}

/** A path in the answer → the first place of its entity, and the rest of the path. Undefined if it names no entity. */
function toClientPath([key, index, ...rest]: Path, batch: Batch, lookups: readonly LookupProgram[]): Path | undefined {
  const at = lookups.findIndex(({ plan }) => plan.responseKey === key);
  const entity = batch.entities[at]?.[Number(index)];
  return entity && [...firstPathOf(entity), ...renamePath(rest, lookups[at]!.plan.outputRewrites)];
}
