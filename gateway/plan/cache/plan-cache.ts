/**
 * Requests → plans that are kept: by operation, view and decisions, so that a hit costs one look-up; and below that by the text that
 * planners are given, so that operations which come to the same are planned once. Each is made once however many ask at a time;
 * least recently used out first, by count and by memory.
 */
import type { DocumentNode } from 'graphql';
import { documentBytes } from '../../kit/graphql/document-bytes.ts';
import type { Caller } from '../../model/caller.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Denials } from '../../model/supergraph/access-rules.ts';
import type { Overrides } from '../../model/supergraph/overrides.ts';
import type { View } from '../../model/validated-operation.ts';
import { UnplannableError } from '../planner.ts';
import type { PreparedOperation, PrepareOperation } from '../prepare/prepare-operation.ts';
import { type OperationConditions, readConditions } from './condition-key.ts';
import { createSharedPlans, type PlannerInput, type SharedPlansOptions } from './shared-plans.ts';

export interface PlanRequest {
  readonly document: DocumentNode;
  /** Digest of the text that the document is of. */
  readonly hash: string;
  readonly operationName: string | undefined;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly view: View;
  /** Takes turns with others where plans have to be waited for. */
  readonly caller?: Caller | undefined;
  /** True where the answer may come in parts. */
  readonly inParts?: boolean | undefined;
  /** From 0 up to 100: what percentages of `@override` are compared with. Default: 0. */
  readonly draw?: number;
  /** What of the view the caller may not ask for; absent where that is nothing. */
  readonly denials?: Denials | undefined;
}

/** An operation that was asked, as another generation may plan it: `variables` are those that conditions read. */
export interface FrequentOperation extends Omit<PlanRequest, 'view' | 'denials' | 'caller'> {
  readonly view: string;
  /** Since it is kept. */
  readonly uses: number;
}

export type PlanCacheLimits = SharedPlansOptions<unknown>['limits'] &
  Pick<Limits, 'planCacheBytesMax' | 'plansWarmedMax'>;

export interface PlanCacheOptions<Plan, Planned> extends SharedPlansOptions<Plan> {
  readonly limits: PlanCacheLimits;
  readonly prepare: PrepareOperation;
  readonly overrides: Pick<Overrides, 'dependsOnDraw' | 'canonicalDraw'>;
  /** False: what is asked for in parts is planned whole. */
  readonly mayPlanParts: boolean;
  readonly onUnplannable?: ((reason: Error) => void) | undefined;
  /** What differs between operations and views that share a plan. */
  readonly finish: (prepared: PreparedOperation, plan: Plan, view: View) => Planned;
}

export interface PlanCache<Planned> {
  /**
   * The plan where it is kept, without a promise; otherwise a promise of it. Failures are not kept, but a refusal to plan holds
   * for `planRefusalMs`: what took all that `planMs` allows is not tried again at once.
   */
  get(request: PlanRequest): Planned | Promise<Planned>;
  /** Most used first; `plansWarmedMax` at most. */
  mostUsed(): readonly FrequentOperation[];
  readonly size: number;
  /** As estimated. */
  readonly bytes: number;
}

interface OperationTraits extends Omit<OperationConditions, 'fieldNames'> {
  /** True where the plan may depend on the draw. */
  readonly isDrawn: boolean;
}

interface CacheEntry<Planned> {
  readonly operation: Omit<FrequentOperation, 'uses'>;
  /** False where a part of it is denied to its callers. */
  readonly isWhole: boolean;
  uses: number;
  /** Counts up from use to use. */
  usedAt: number;
  bytes: number;
  /** What the plan that it shares is of, once there is one. */
  plannerInput: PlannerInput | undefined;
  value:
    | { readonly kind: 'ready'; readonly planned: Planned }
    | { readonly kind: 'pending'; readonly promise: Promise<Planned> };
}

export function createPlanCache<Plan, Planned>(options: PlanCacheOptions<Plan, Planned>): PlanCache<Planned> {
  const { limits, prepare, finish, overrides } = options;
  const entries = new Map<string, CacheEntry<Planned>>();
  const shared = createSharedPlans(options);
  const traits = new WeakMap<DocumentNode, OperationTraits>();
  let bytes = 0;
  let useCount = 0;

  const traitsOf = (document: DocumentNode): OperationTraits => {
    const known = traits.get(document);
    if (known) return known;
    const { fieldNames, ...decisions } = readConditions(document);
    const reader = { ...decisions, isDrawn: overrides.dependsOnDraw(fieldNames) };
    traits.set(document, reader);
    return reader;
  };
  const remove = (key: string, entry: CacheEntry<Planned>): void => {
    entries.delete(key);
    bytes -= entry.bytes;
    if (entry.plannerInput) shared.release(entry.plannerInput);
  };
  const evict = (): void => {
    const isFull = () => entries.size > limits.planCacheMax || bytes + shared.bytes > limits.planCacheBytesMax;
    if (!isFull()) return;
    for (const [key, entry] of [...entries].sort(([, a], [, b]) => a.usedAt - b.usedAt)) {
      if (!isFull()) break;
      if (entry.value.kind === 'ready') remove(key, entry);
    }
  };
  const acquirePlan = async (request: PlanRequest) => {
    const { operationName, draw = 0 } = request;
    const preparedInParts = prepare(options.mayPlanParts ? request : { ...request, inParts: false });
    // What is denied is said with the answer as a whole.
    const prepared = preparedInParts.denied.length > 0 ? prepare({ ...request, inParts: false }) : preparedInParts;
    const asked = { text: prepared.text ?? '', operationName, draw };
    try {
      return { prepared, asked, plan: await shared.acquire(asked, request.caller) };
    } catch (error) {
      // There is no plan in parts, or not of all that they ask for; a server may answer whole what it may defer.
      if (prepared.labels.size === 0 || error instanceof PublicError) throw error;
      const whole = prepare({ ...request, inParts: false });
      const askedWhole = { text: whole.text ?? '', operationName, draw };
      return { prepared: whole, asked: askedWhole, plan: await shared.acquire(askedWhole, request.caller) };
    }
  };
  const buildPlan = async (request: PlanRequest, entry: () => CacheEntry<Planned>): Promise<Planned> => {
    const { prepared, asked, plan } = await acquirePlan(request).catch((error: unknown) => {
      if (!(error instanceof UnplannableError)) throw error;
      options.onUnplannable?.(error);
      throw createUnplannableError(error);
    });
    const built = entry();
    built.plannerInput = asked;
    built.bytes = documentBytes(request.document) + BYTES_PER_CHARACTER * asked.text.length + BYTES_PER_ENTRY;
    bytes += built.bytes;
    return finish(prepared, plan, request.view);
  };
  const addEntry = (key: string, request: PlanRequest, names: readonly string[]): Promise<Planned> => {
    const { view, document, hash, operationName, variables, inParts = false, draw } = request;
    const conditionValues = Object.fromEntries(names.map((name) => [name, variables[name]]));
    const operation = {
      view: view.name,
      document,
      hash,
      operationName,
      variables: conditionValues,
      inParts,
      ...(draw === undefined ? {} : { draw }),
    };
    const promise = buildPlan(request, () => entry);
    const entry: CacheEntry<Planned> = {
      operation,
      isWhole: request.denials === undefined,
      uses: 1,
      usedAt: ++useCount,
      bytes: 0,
      plannerInput: undefined,
      value: { kind: 'pending', promise },
    };
    entries.set(key, entry);
    const settle = (planned: Planned): void => {
      entry.value = { kind: 'ready', planned };
      evict();
    };
    promise.then(settle, () => remove(key, entry));
    return promise;
  };

  return {
    get(request) {
      const { variableNames, keyOf, mayDefer, isDrawn } = traitsOf(request.document);
      const draw = isDrawn ? overrides.canonicalDraw(request.draw ?? 0) : 0;
      const form = mayDefer && request.inParts ? 'parts' : '';
      const denied = request.denials?.key ?? '';
      const key = `${request.view.name}\n${request.operationName ?? ''}\n${keyOf(request.variables)}${form}\n${draw}\n${denied}\n${request.hash}`;
      const entry = entries.get(key);
      if (!entry) return addEntry(key, { ...request, draw }, variableNames);
      entry.uses++;
      entry.usedAt = ++useCount;
      return entry.value.kind === 'ready' ? entry.value.planned : entry.value.promise;
    },
    mostUsed: () =>
      [...entries.values()]
        // What a caller is denied is that of its graph: another may deny it something else.
        .filter(({ value, isWhole }) => value.kind === 'ready' && isWhole)
        .sort((a, b) => b.uses - a.uses || b.usedAt - a.usedAt)
        .slice(0, limits.plansWarmedMax)
        .map(({ operation, uses }) => ({ ...operation, uses })),
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes + shared.bytes;
    },
  };
}

/** The operation is valid, and still nobody's: that is said plainly, and the operator reads the cause. */
function createUnplannableError(cause: UnplannableError): PublicError {
  const message = 'No planner can plan this operation; ask for what it asks in several operations.';
  return new PublicError('GRAPHQL_VALIDATION_FAILED', message, { cause });
}

/** Heap of a prepared operation, for each character of its text. */
const BYTES_PER_CHARACTER = 80;
const BYTES_PER_ENTRY = 1_000;
