/** What an engine does for a client's operation: plan → execute → conform → respond. */
import { COUNTRY, EVERYWHERE, type Region } from '@yiwang/schema';
import {
  type CoverageCollector,
  createCoverageCollector,
  createDeferredFetches,
  type Run,
} from '../../execute/index.ts';
import { addAliases } from '../../kit/graphql/operation-variables.ts';
import { PublicError, withPath } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import { createFailureListener, type OnPlatformFailure } from '../../model/platform/platform-failure.ts';
import type { AccessRules } from '../../model/supergraph/access-rules.ts';
import type { EngineResult, ValidatedOperation } from '../../model/validated-operation.ts';
import { awaitPlan, type PlanCache } from '../../plan/index.ts';
import { restoreKeys, restorePath } from '../../respond/index.ts';
import type { EngineStages } from '../stages.ts';
import { BreachCollector, type Conformance } from './breach-collector.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { isIncomplete, refuseIncomplete } from './completeness.ts';
import { deliverIncrementally } from './incremental-delivery.ts';
import { passThrough, serializeTree } from './serialize-response.ts';

export interface QueryEngineOptions {
  readonly plans: PlanCache<CompiledOperation>;
  readonly directory: () => Run['directory'];
  readonly organisations: () => Run['organisations'];
  readonly limits: Limits;
  readonly access: AccessRules | undefined;
  /** Undefined: types alone are checked. */
  readonly conformance: Conformance | undefined;
  /** Names the divisions of a region. */
  readonly namesOf: (region: Region) => readonly string[];
  readonly onPlatformFailure: OnPlatformFailure | undefined;
  /** False: platforms alone enforce rights. */
  readonly prune: boolean;
  /** Returns the number, from 0 up to 100, that an operation compares with percentages of `@override`. */
  readonly draw: () => number;
}

/** An operation with its plan and the state of its execution. */
export interface PlannedOperation extends Run {
  readonly compiled: CompiledOperation;
  /** Undefined without the checks of the standard. */
  breaches: BreachCollector | undefined;
}

export type QueryEngine = EngineStages<ValidatedOperation, PlannedOperation, EngineResult>;

export function createQueryEngine(options: QueryEngineOptions): QueryEngine {
  const { plans, limits, access, draw } = options;
  return {
    plan(operation) {
      const dueAt = performance.now() + operation.deadlineMs;
      const denials = access?.denialsOf(operation.rights);
      const plan = plans.get(operation, draw(), denials);
      if (!(plan instanceof Promise)) return start(operation, plan, dueAt, options);
      const { deadlineMs, signal } = operation;
      return awaitPlan(plan, deadlineMs, signal).then((compiled) => start(operation, compiled, dueAt, options));
    },
    execute: (planned) => planned.compiled.plan.run(planned),
    conform: (planned) => {
      const { rawData, compiled } = planned;
      return rawData ? passThrough(rawData, limits) : serializeTree(planned, compiled.serializer, limits);
    },
    respond(planned, data) {
      const { operation, collector, deferredFetches, compiled } = planned;
      const { errors } = collector;
      if (deferredFetches) {
        const { root, fragments } = compiled;
        const { conformance } = options;
        const deferred = {
          run: planned,
          fetches: deferredFetches,
          root,
          fragments,
          context: compiled,
          limits,
          conformance,
        };
        const subsequentResults = deliverIncrementally(deferred, data);
        return restoreKeys<EngineResult>({ data, errors, coverage: undefined, subsequentResults }, compiled);
      }
      const coverage = collector.toCoverage();
      const result = isIncomplete(coverage, operation.completeness)
        ? refuseIncomplete(coverage, operation.completeness, errors)
        : { data, errors, coverage, withheld: collector.withheldGroups };
      return restoreKeys<EngineResult>(result, compiled);
    },
  };
}

function start(
  operation: ValidatedOperation,
  compiled: CompiledOperation,
  dueAt: number,
  { limits, directory, organisations, namesOf, onPlatformFailure, prune, conformance }: QueryEngineOptions,
): PlannedOperation {
  const onFailure = createFailureListener(operation, onPlatformFailure);
  const collector = createCoverageCollector(limits, { namesOf, onFailure });
  if (compiled.denied.length > 0) reportDenied(compiled, collector);
  const planned: PlannedOperation = {
    operation,
    compiled,
    directory: directory(),
    organisations: organisations(),
    recipient: 'client',
    scope: prune ? operation.rights : { region: EVERYWHERE, division: COUNTRY },
    rawVariables: { ...compiled.defaults, ...addAliases(operation.variables, compiled.variables) },
    variables: addAliases(operation.coerced, compiled.variables),
    tree: {},
    rawData: undefined,
    collector,
    deferredFetches: compiled.fragments.length > 0 ? createDeferredFetches() : undefined,
    dueAt,
    signal: operation.signal,
    usage: { calls: 0, bytes: 0, serializedBytes: 0, serializedRows: 0 },
    breaches: undefined,
  };
  if (conformance) {
    planned.breaches = new BreachCollector({ run: planned, collector, path: [] }, { conformance, limits });
  }
  return planned;
}

/** Adds an error for each denied field, which is null. Throws the first one for a mutation. */
function reportDenied(
  { denied, keys, operation }: CompiledOperation,
  collector: Pick<CoverageCollector, 'addError'>,
): void {
  for (const path of denied) {
    const place = restorePath(path, keys).join('.');
    const error = new PublicError('UNAUTHORIZED_FIELD_OR_TYPE', `You are not authorized to ask for "${place}".`, {
      path,
    });
    if (operation.operation === 'mutation') throw withPath(error, restorePath(path, keys));
    collector.addError(error);
  }
}
