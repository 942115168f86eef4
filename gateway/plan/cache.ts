/**
 * Requests → plans that are kept: by operation, view and decisions, so that a hit costs one look-up; and below that by the text that
 * planners are given, so that operations which come to the same are planned once. Each is made once however many ask at a time;
 * least recently used out first, by count and by memory.
 */
import type { DocumentNode } from 'graphql';
import { documentBytes } from '../kit/document-bytes.ts';
import type { Denials } from '../model/access.ts';
import type { Caller } from '../model/caller.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { Overrides } from '../model/overrides.ts';
import type { View } from '../model/request.ts';
import { createDecisions, type DecisionReader } from './decisions.ts';
import { UnplannableError } from './port.ts';
import type { Prepare, Prepared } from './prepare.ts';
import { createSharedPlans, type PlanQuestion, type SharedPlansOptions } from './shared-plans.ts';

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
export interface UsedOperation extends Omit<PlanRequest, 'view' | 'denials' | 'caller'> {
  readonly view: string;
  /** Since it is kept. */
  readonly uses: number;
}

export type PlanLimits = SharedPlansOptions<unknown>['limits'] & Pick<Limits, 'planCacheBytesMax' | 'plansWarmedMax'>;

export interface PlansOptions<Plan, Planned> extends SharedPlansOptions<Plan> {
  readonly limits: PlanLimits;
  readonly prepare: Prepare;
  readonly overrides: Pick<Overrides, 'dependOnDraw' | 'standFor'>;
  /** False: what is asked for in parts is planned whole. */
  readonly mayPlanParts: boolean;
  readonly onUnplannable?: ((reason: Error) => void) | undefined;
  /** What differs between operations and views that share a plan. */
  readonly finish: (prepared: Prepared, plan: Plan, view: View) => Planned;
}

export interface Plans<Planned> {
  /**
   * The plan where it is kept, without a promise; otherwise a promise of it. Failures are not kept, but a refusal to plan holds
   * for `planRefusalMs`: what took all that `planMs` allows is not tried again at once.
   */
  get(request: PlanRequest): Planned | Promise<Planned>;
  /** Most used first; `plansWarmedMax` at most. */
  mostUsed(): readonly UsedOperation[];
  readonly size: number;
  /** As estimated. */
  readonly bytes: number;
}

interface Reader extends Omit<DecisionReader, 'fields'> {
  /** True where the plan may depend on the draw. */
  readonly isDrawn: boolean;
}

interface Entry<Planned> {
  readonly used: Omit<UsedOperation, 'uses'>;
  /** False where a part of it is denied to its callers. */
  readonly isWhole: boolean;
  uses: number;
  /** Counts up from use to use. */
  usedAt: number;
  bytes: number;
  /** What the plan that it shares is of, once there is one. */
  asked: PlanQuestion | undefined;
  value:
    | { readonly kind: 'made'; readonly planned: Planned }
    | { readonly kind: 'making'; readonly made: Promise<Planned> };
}

export function createPlans<Plan, Planned>(options: PlansOptions<Plan, Planned>): Plans<Planned> {
  const { limits, prepare, finish, overrides } = options;
  const entries = new Map<string, Entry<Planned>>();
  const shared = createSharedPlans(options);
  const readers = new WeakMap<DocumentNode, Reader>();
  let bytes = 0;
  let clock = 0;

  const readerOf = (document: DocumentNode): Reader => {
    const known = readers.get(document);
    if (known) return known;
    const { fields, ...decisions } = createDecisions(document);
    const reader = { ...decisions, isDrawn: overrides.dependOnDraw(fields) };
    readers.set(document, reader);
    return reader;
  };
  const remove = (key: string, entry: Entry<Planned>): void => {
    entries.delete(key);
    bytes -= entry.bytes;
    if (entry.asked) shared.release(entry.asked);
  };
  const trim = (): void => {
    const isFull = () => entries.size > limits.planCacheMax || bytes + shared.bytes > limits.planCacheBytesMax;
    if (!isFull()) return;
    for (const [key, entry] of [...entries].sort(([, a], [, b]) => a.usedAt - b.usedAt)) {
      if (!isFull()) break;
      if (entry.value.kind === 'made') remove(key, entry);
    }
  };
  const takeFor = async (request: PlanRequest) => {
    const { operationName, draw = 0 } = request;
    const inParts = prepare(options.mayPlanParts ? request : { ...request, inParts: false });
    // What is denied is said with the answer as a whole.
    const prepared = inParts.denied.length > 0 ? prepare({ ...request, inParts: false }) : inParts;
    const asked = { text: prepared.text ?? '', operationName, draw };
    try {
      return { prepared, asked, plan: await shared.take(asked, request.caller) };
    } catch (error) {
      // There is no plan in parts, or not of all that they ask for; a server may answer whole what it may defer.
      if (prepared.labels.size === 0 || error instanceof PublicError) throw error;
      const whole = prepare({ ...request, inParts: false });
      const askedWhole = { text: whole.text ?? '', operationName, draw };
      return { prepared: whole, asked: askedWhole, plan: await shared.take(askedWhole, request.caller) };
    }
  };
  const make = async (request: PlanRequest, entry: () => Entry<Planned>): Promise<Planned> => {
    const { prepared, asked, plan } = await takeFor(request).catch((error: unknown) => {
      if (!(error instanceof UnplannableError)) throw error;
      options.onUnplannable?.(error);
      throw refusalOf(error);
    });
    const made = entry();
    made.asked = asked;
    made.bytes = documentBytes(request.document) + OPERATION_BYTES * asked.text.length + ENTRY_BYTES;
    bytes += made.bytes;
    return finish(prepared, plan, request.view);
  };
  const add = (key: string, request: PlanRequest, names: readonly string[]): Promise<Planned> => {
    const { view, document, hash, operationName, variables, inParts = false, draw } = request;
    const decided = Object.fromEntries(names.map((name) => [name, variables[name]]));
    const used = {
      view: view.name,
      document,
      hash,
      operationName,
      variables: decided,
      inParts,
      ...(draw === undefined ? {} : { draw }),
    };
    const made = make(request, () => entry);
    const entry: Entry<Planned> = {
      used,
      isWhole: request.denials === undefined,
      uses: 1,
      usedAt: ++clock,
      bytes: 0,
      asked: undefined,
      value: { kind: 'making', made },
    };
    entries.set(key, entry);
    const settle = (planned: Planned): void => {
      entry.value = { kind: 'made', planned };
      trim();
    };
    made.then(settle, () => remove(key, entry));
    return made;
  };

  return {
    get(request) {
      const { names, read, mayDefer, isDrawn } = readerOf(request.document);
      const draw = isDrawn ? overrides.standFor(request.draw ?? 0) : 0;
      const form = mayDefer && request.inParts ? 'parts' : '';
      const denied = request.denials?.key ?? '';
      const key = `${request.view.name}\n${request.operationName ?? ''}\n${read(request.variables)}${form}\n${draw}\n${denied}\n${request.hash}`;
      const entry = entries.get(key);
      if (!entry) return add(key, { ...request, draw }, names);
      entry.uses++;
      entry.usedAt = ++clock;
      return entry.value.kind === 'made' ? entry.value.planned : entry.value.made;
    },
    mostUsed: () =>
      [...entries.values()]
        // What a caller is denied is that of its graph: another may deny it something else.
        .filter(({ value, isWhole }) => value.kind === 'made' && isWhole)
        .sort((a, b) => b.uses - a.uses || b.usedAt - a.usedAt)
        .slice(0, limits.plansWarmedMax)
        .map(({ used, uses }) => ({ ...used, uses })),
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes + shared.bytes;
    },
  };
}

/** The operation is valid, and still nobody's: that is said plainly, and the operator reads the cause. */
function refusalOf(cause: UnplannableError): PublicError {
  const message = 'No planner can plan this operation; ask for what it asks in several operations.';
  return new PublicError('GRAPHQL_VALIDATION_FAILED', message, { cause });
}

/** Heap of a prepared operation, for each character of its text. */
const OPERATION_BYTES = 80;
const ENTRY_BYTES = 1_000;
