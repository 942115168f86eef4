/**
 * Requests → plans that are kept: by operation, view and decisions, so that a hit costs one look-up; and below that by the text that
 * planners are given, so that operations which come to the same are planned once. Each is made once however many ask at a time;
 * least recently used out first, by count and by memory.
 */
import type { DocumentNode } from 'graphql';
import { documentBytes } from '../kit/document-bytes.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { View } from '../model/request.ts';
import { createDecisions, type DecisionReader } from './decisions.ts';
import type { Prepare, Prepared } from './prepare.ts';
import { createSharedPlans, type SharedPlansOptions } from './shared-plans.ts';

export interface PlanRequest {
  readonly document: DocumentNode;
  /** Digest of the text that the document is of. */
  readonly hash: string;
  readonly operationName: string | undefined;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly view: View;
  /** True where the answer may come in parts. */
  readonly inParts?: boolean;
}

/** An operation that was asked, as another generation may plan it: `variables` are those that conditions read. */
export interface UsedOperation extends Omit<PlanRequest, 'view'> {
  readonly view: string;
  /** Since it is kept. */
  readonly uses: number;
}

export type PlanLimits = Pick<Limits, 'planCacheMax' | 'planCacheBytesMax' | 'planRefusalMs' | 'plansWarmedMax'>;

export interface PlansOptions<Plan, Planned> extends SharedPlansOptions<Plan> {
  readonly limits: PlanLimits;
  readonly prepare: Prepare;
  /** False: what is asked for in parts is planned whole. */
  readonly mayPlanParts: boolean;
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

interface Entry<Planned> {
  readonly used: Omit<UsedOperation, 'uses'>;
  uses: number;
  /** Counts up from use to use. */
  usedAt: number;
  bytes: number;
  /** The text of the plan that it shares, once there is one. */
  text: string | undefined;
  value:
    | { readonly kind: 'made'; readonly planned: Planned }
    | { readonly kind: 'making'; readonly made: Promise<Planned> };
}

export function createPlans<Plan, Planned>(options: PlansOptions<Plan, Planned>): Plans<Planned> {
  const { limits, prepare, finish } = options;
  const entries = new Map<string, Entry<Planned>>();
  const shared = createSharedPlans(options);
  const readers = new WeakMap<DocumentNode, DecisionReader>();
  let bytes = 0;
  let clock = 0;

  const readerOf = (document: DocumentNode): DecisionReader => {
    const known = readers.get(document);
    if (known) return known;
    const reader = createDecisions(document);
    readers.set(document, reader);
    return reader;
  };
  const remove = (key: string, entry: Entry<Planned>): void => {
    entries.delete(key);
    bytes -= entry.bytes;
    if (entry.text !== undefined) shared.release(entry.text);
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
    const prepared = prepare(options.mayPlanParts ? request : { ...request, inParts: false });
    const text = prepared.text ?? '';
    try {
      return { prepared, text, plan: await shared.take(text, request.operationName) };
    } catch (error) {
      // There is no plan in parts, or not of all that they ask for; a server may answer whole what it may defer.
      if (prepared.labels.size === 0 || error instanceof PublicError) throw error;
      const whole = prepare({ ...request, inParts: false });
      const wholeText = whole.text ?? '';
      return { prepared: whole, text: wholeText, plan: await shared.take(wholeText, request.operationName) };
    }
  };
  const make = async (request: PlanRequest, entry: () => Entry<Planned>): Promise<Planned> => {
    const { prepared, text, plan } = await takeFor(request);
    const made = entry();
    made.text = text;
    made.bytes = documentBytes(request.document) + OPERATION_BYTES * text.length + ENTRY_BYTES;
    bytes += made.bytes;
    return finish(prepared, plan, request.view);
  };
  const add = (key: string, request: PlanRequest, names: readonly string[]): Promise<Planned> => {
    const { view, document, hash, operationName, variables, inParts = false } = request;
    const decided = Object.fromEntries(names.map((name) => [name, variables[name]]));
    const used = { view: view.name, document, hash, operationName, variables: decided, inParts };
    const made = make(request, () => entry);
    const entry: Entry<Planned> = {
      used,
      uses: 1,
      usedAt: ++clock,
      bytes: 0,
      text: undefined,
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
      const { names, read, mayDefer } = readerOf(request.document);
      const form = mayDefer && request.inParts ? 'parts' : '';
      const key = `${request.view.name}\n${request.operationName ?? ''}\n${read(request.variables)}${form}\n${request.hash}`;
      const entry = entries.get(key);
      if (!entry) return add(key, request, names);
      entry.uses++;
      entry.usedAt = ++clock;
      return entry.value.kind === 'made' ? entry.value.planned : entry.value.made;
    },
    mostUsed: () =>
      [...entries.values()]
        .filter(({ value }) => value.kind === 'made')
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

/** Heap of a prepared operation, for each character of its text. */
const OPERATION_BYTES = 80;
const ENTRY_BYTES = 1_000;
