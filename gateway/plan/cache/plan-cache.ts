/**
 * Operations → plans, kept at two levels. A hit by operation, view and conditions costs one look-up. Below that, plans
 * are shared by the text that planners are given: operations with the same text are planned once. Each plan is made
 * once however many operations wait for it. The least recently used go first, by count and by memory.
 */
import type { DocumentNode } from 'graphql';
import { estimateDocumentBytes } from '../../kit/graphql/document-bytes.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Denials } from '../../model/supergraph/access-rules.ts';
import type { Overrides } from '../../model/supergraph/overrides.ts';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import type { ValidatedOperation, View } from '../../model/validated-operation.ts';
import { UnplannableError } from '../planner.ts';
import type { PreparedOperation, PrepareOperation } from '../prepare/prepare-operation.ts';
import { type OperationConditions, readConditions } from './condition-key.ts';
import type { PlannerInput } from './queued-planning.ts';
import { createSharedPlans, type SharedPlans, type SharedPlansOptions } from './shared-plans.ts';

/** What the plan of an operation depends on, and the caller whose turn it takes while it waits. */
export type PlannableOperation = Pick<
  ValidatedOperation,
  'document' | 'hash' | 'operationName' | 'coerced' | 'view' | 'caller' | 'isIncremental'
>;

/**
 * An operation that another schema version may plan before it serves: `coerced` are the variables that conditions read.
 */
export interface FrequentOperation extends Omit<PlannableOperation, 'view' | 'caller'> {
  readonly view: string;
  readonly draw: number;
  /** Since its plan is kept. */
  readonly uses: number;
}

export type PlanCacheLimits = SharedPlansOptions<unknown>['limits'] &
  Pick<Limits, 'planCacheBytesMax' | 'plansWarmedMax'>;

export interface PlanCacheOptions<Plan, Planned> extends SharedPlansOptions<Plan> {
  readonly limits: PlanCacheLimits;
  readonly prepare: PrepareOperation;
  readonly overrides: Pick<Overrides, 'dependsOnDraw' | 'canonicalDraw'>;
  /** Default: nothing is merged as groups. */
  readonly groupFields?: PlanningSupergraph['groupFields'];
  /** False: every operation is planned whole. */
  readonly mayPlanParts: boolean;
  readonly onUnplannable?: ((reason: Error) => void) | undefined;
  /** What differs between operations and views that share a plan. */
  readonly finish: (prepared: PreparedOperation, plan: Plan, view: View) => Planned;
}

export interface PlanCache<Planned> {
  /**
   * The plan itself if it is kept, without a promise; otherwise a promise of it. Failures are not kept, but a refusal
   * to plan holds for `planRefusalMs`: what took all of `planMs` is not tried again at once. `draw`, from 0 up to 100,
   * is compared with the percentages of `@override`. `denials`: what of the view the caller may not ask for.
   */
  get(operation: PlannableOperation, draw?: number, denials?: Denials): Planned | Promise<Planned>;
  /** Most used first; `plansWarmedMax` at most. */
  mostUsed(): readonly FrequentOperation[];
  readonly size: number;
  /** As estimated. */
  readonly bytes: number;
}

/** Heap of a prepared operation, for each character of its text. */
const BYTES_PER_CHARACTER = 80;
const BYTES_PER_ENTRY = 1_000;

export function createPlanCache<Plan, Planned>(options: PlanCacheOptions<Plan, Planned>): PlanCache<Planned> {
  return new BoundedPlanCache(options);
}

interface DocumentTraits extends Omit<OperationConditions, 'fieldNames'> {
  /** True if plans may depend on the draw. */
  readonly isDrawn: boolean;
}

/** A plan to be made. */
interface PlanRequest {
  readonly operation: PlannableOperation;
  /** Canonical. */
  readonly draw: number;
  readonly denials: Denials | undefined;
}

interface CacheEntry<Planned> {
  readonly operation: Omit<FrequentOperation, 'uses'>;
  /** False if part of the operation is denied to its callers. */
  readonly isWhole: boolean;
  uses: number;
  /** Counts up from use to use. */
  usedAt: number;
  bytes: number;
  /** Of the shared plan, once there is one. */
  plannerInput: PlannerInput | undefined;
  value:
    | { readonly kind: 'ready'; readonly planned: Planned }
    | { readonly kind: 'pending'; readonly promise: Promise<Planned> };
}

/** An operation with the plan that it shares. */
interface AcquiredPlan<Plan> {
  readonly prepared: PreparedOperation;
  readonly input: PlannerInput;
  readonly plan: Plan;
}

class BoundedPlanCache<Plan, Planned> implements PlanCache<Planned> {
  readonly #options: PlanCacheOptions<Plan, Planned>;
  readonly #shared: SharedPlans<Plan>;
  readonly #entries = new Map<string, CacheEntry<Planned>>();
  readonly #traits = new WeakMap<DocumentNode, DocumentTraits>();
  /** Of entries, without the plans that they share. */
  #bytes = 0;
  #useCount = 0;

  constructor(options: PlanCacheOptions<Plan, Planned>) {
    this.#options = options;
    this.#shared = createSharedPlans(options);
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes + this.#shared.bytes;
  }

  get(operation: PlannableOperation, drawn = 0, denials?: Denials): Planned | Promise<Planned> {
    const { view, operationName, coerced, hash } = operation;
    const { variableNames, keyOf, mayDefer, isDrawn } = this.#traitsOf(operation.document);
    const draw = isDrawn ? this.#options.overrides.canonicalDraw(drawn) : 0;
    const form = mayDefer && operation.isIncremental ? 'parts' : '';
    const conditions = `${keyOf(coerced)}${form}`;
    const key = `${view.name}\n${operationName ?? ''}\n${conditions}\n${draw}\n${denials?.key ?? ''}\n${hash}`;
    const entry = this.#entries.get(key);
    if (!entry) return this.#add(key, { operation, draw, denials }, variableNames);
    entry.uses++;
    entry.usedAt = ++this.#useCount;
    return entry.value.kind === 'ready' ? entry.value.planned : entry.value.promise;
  }

  mostUsed(): readonly FrequentOperation[] {
    return (
      [...this.#entries.values()]
        // Another schema version may deny a caller something else.
        .filter(({ value, isWhole }) => value.kind === 'ready' && isWhole)
        .sort((a, b) => b.uses - a.uses || b.usedAt - a.usedAt)
        .slice(0, this.#options.limits.plansWarmedMax)
        .map(({ operation, uses }) => ({ ...operation, uses }))
    );
  }

  #traitsOf(document: DocumentNode): DocumentTraits {
    const cached = this.#traits.get(document);
    if (cached) return cached;
    const { fieldNames, ...conditions } = readConditions(document, this.#options.groupFields);
    const traits = { ...conditions, isDrawn: this.#options.overrides.dependsOnDraw(fieldNames) };
    this.#traits.set(document, traits);
    return traits;
  }

  #add(key: string, request: PlanRequest, conditionVariables: readonly string[]): Promise<Planned> {
    const { operation, draw, denials } = request;
    const { view, document, hash, operationName, coerced, isIncremental = false } = operation;
    const conditions = Object.fromEntries(conditionVariables.map((name) => [name, coerced[name]]));
    const promise = this.#plan(request, () => entry);
    const entry: CacheEntry<Planned> = {
      operation: { view: view.name, document, hash, operationName, coerced: conditions, isIncremental, draw },
      isWhole: denials === undefined,
      uses: 1,
      usedAt: ++this.#useCount,
      bytes: 0,
      plannerInput: undefined,
      value: { kind: 'pending', promise },
    };
    this.#entries.set(key, entry);
    const keep = (planned: Planned): void => {
      entry.value = { kind: 'ready', planned };
      this.#evict();
    };
    promise.then(keep, () => this.#remove(key, entry));
    return promise;
  }

  async #plan(request: PlanRequest, entryOf: () => CacheEntry<Planned>): Promise<Planned> {
    const { document, view } = request.operation;
    const { prepared, input, plan } = await this.#acquire(request).catch((error: unknown) => {
      if (!(error instanceof UnplannableError)) throw error;
      this.#options.onUnplannable?.(error);
      throw createRefusal(error);
    });
    const entry = entryOf();
    entry.plannerInput = input;
    entry.bytes = estimateDocumentBytes(document) + BYTES_PER_CHARACTER * input.text.length + BYTES_PER_ENTRY;
    this.#bytes += entry.bytes;
    return this.#options.finish(prepared, plan, view);
  }

  async #acquire({ operation, draw, denials }: PlanRequest): Promise<AcquiredPlan<Plan>> {
    const { prepare, mayPlanParts } = this.#options;
    const prepareWhole = () => prepare({ ...operation, isIncremental: false }, denials);
    const acquire = async (prepared: PreparedOperation): Promise<AcquiredPlan<Plan>> => {
      const input = { text: prepared.text ?? '', operationName: operation.operationName, draw };
      return { prepared, input, plan: await this.#shared.acquire(input, operation.caller) };
    };
    const asRequested = mayPlanParts ? prepare(operation, denials) : prepareWhole();
    // Errors for denied fields come with an answer as a whole.
    const prepared = asRequested.denied.length > 0 ? prepareWhole() : asRequested;
    try {
      return await acquire(prepared);
    } catch (error) {
      // A plan in parts may be missing, or leave something out. A server may answer whole what it may defer.
      if (prepared.labels.size === 0 || error instanceof PublicError) throw error;
      return acquire(prepareWhole());
    }
  }

  #evict(): void {
    const { planCacheMax, planCacheBytesMax } = this.#options.limits;
    const isFull = () => this.size > planCacheMax || this.bytes > planCacheBytesMax;
    if (!isFull()) return;
    for (const [key, entry] of [...this.#entries].sort(([, a], [, b]) => a.usedAt - b.usedAt)) {
      if (!isFull()) break;
      if (entry.value.kind === 'ready') this.#remove(key, entry);
    }
  }

  #remove(key: string, entry: CacheEntry<Planned>): void {
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    if (entry.plannerInput) this.#shared.release(entry.plannerInput);
  }
}

/** The operation is valid, and yet no planner has a plan: the client reads so, and the operator reads the cause. */
function createRefusal(cause: UnplannableError): PublicError {
  const message = 'No planner has a plan for this operation; split it into several operations.';
  return new PublicError('GRAPHQL_VALIDATION_FAILED', message, { cause });
}
