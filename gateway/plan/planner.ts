/** Which planner serves a supergraph, and what becomes of an operation that it does not plan. */
import { PublicError } from '../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { Overrides } from '../model/overrides.ts';
import type { PlanNode } from '../model/plan.ts';
import { readApolloPlan } from './apollo.ts';
import { createFallbackRules, type FallbackRules } from './fallback-rules.ts';
import { readHivePlan } from './hive.ts';
import { loadPlanner } from './planners.js';
import {
  type Planner,
  type PlannerHost,
  type PlannerKind,
  type SlowPlan,
  type StartPlanner,
  UnplannableError,
} from './port.ts';
import { PlannerEndedError, startPlannerProcess } from './process.ts';
import { createPlanTimes, type PlanTimes } from './slow.ts';

export interface PlannerOptions {
  readonly onFallback?: ((reason: unknown) => void) | undefined;
  /** Hears of plans that took `slowPlanMs` or were given up; their operations hold no value of the asker. */
  readonly onSlowPlan?: ((plan: SlowPlan) => void) | undefined;
  readonly limits?: Limits;
  readonly overrides?: Pick<Overrides, 'labels'>;
  /** `process`: planners work in processes of their own, where `planMs` and `plansWaitingMax` hold. Default: `here`. */
  readonly place?: 'process' | 'here';
  /** Default: as the supergraph wants it. */
  readonly first?: PlannerKind;
}

/**
 * The Rust planner if it has a binary for this machine, accepts the supergraph and finds a plan; otherwise Apollo's. Operations with
 * `@defer`, those that meet an interface object, and those that ended the process of the Rust planner before are Apollo's from the start.
 * `onFallback` hears why.
 */
export async function createPlanner(supergraph: string, options: PlannerOptions = {}): Promise<Planner> {
  const { limits = DEFAULT_LIMITS, onFallback, first = 'hive' } = options;
  const times = createPlanTimes(limits, options.onSlowPlan);
  const start = startIn(options.place ?? 'here', limits);
  const load = async (kind: PlannerKind, isSpare: boolean): Promise<Source> => {
    const overrideLabels = options.overrides?.labels ?? [];
    const host = await start({ kind, supergraph, plansWeighedMax: limits.plansWeighedMax, overrideLabels }, isSpare);
    return createSource(kind, host, times, limits);
  };
  if (first === 'apollo') return toPlanner(await load('apollo', false), undefined);
  const hive = await load('hive', false).catch((reason: Error) => reason);
  if (hive instanceof Error) {
    onFallback?.(hive);
    return toPlanner(await load('apollo', false), undefined);
  }
  const spare = createSpare(() => load('apollo', true), onFallback);
  return toPlanner(hive, { spare, rules: createFallbackRules(supergraph, limits) });
}

/** A planner in its place, its plans read. */
interface Source {
  readonly kind: PlannerKind;
  plan(operation: string, operationName: string | undefined, draw?: number): Promise<PlanNode | undefined>;
  close(): void;
}

function startIn(place: 'process' | 'here', limits: Limits): StartPlanner {
  if (place === 'process') return (spec, isSpare) => startPlannerProcess(spec, isSpare, limits);
  return async (spec) => ({ plan: await loadPlanner(spec), close: () => {} });
}

function createSource(kind: PlannerKind, host: PlannerHost, times: PlanTimes, { planMs }: Limits): Source {
  const read = kind === 'hive' ? readHivePlan : readApolloPlan;
  const note = (operation: string, tookMs: number, isRefused: boolean): void =>
    times.note({ operation, planner: kind, tookMs, isRefused });
  return {
    kind,
    async plan(operation, operationName, draw) {
      try {
        const { node, tookMs } = await host.plan(operation, operationName, draw);
        note(operation, tookMs, false);
        return read(node);
      } catch (reason) {
        if (reason instanceof PublicError && reason.code === 'TOO_COSTLY') note(operation, planMs, true);
        throw reason;
      }
    },
    close: () => host.close(),
  };
}

interface Spare {
  plan(reason: unknown, ...asked: Parameters<Planner['plan']>): ReturnType<Planner['plan']>;
  close(): void;
}

/** Started when it is needed first; tried again where it did not start. */
function createSpare(load: () => Promise<Source>, onFallback: PlannerOptions['onFallback']): Spare {
  let loading: Promise<Source> | undefined;
  return {
    async plan(reason, ...asked) {
      onFallback?.(reason);
      loading ??= load().catch((error) => {
        loading = undefined;
        throw error;
      });
      return (await loading).plan(...asked);
    },
    close: () =>
      void loading?.then(
        (source) => source.close(),
        () => {},
      ),
  };
}

interface Fallback {
  readonly spare: Spare;
  readonly rules: FallbackRules;
}

function toPlanner(first: Source, fallback: Fallback | undefined): Planner {
  const plan: Planner['plan'] = async (...asked) => {
    if (!fallback) return first.plan(...asked);
    const { spare, rules } = fallback;
    const known = rules.reasonFor(asked[0], asked[1]);
    if (known) return spare.plan(known, ...asked);
    try {
      return await first.plan(...asked);
    } catch (reason) {
      if (reason instanceof PublicError) throw reason;
      if (reason instanceof PlannerEndedError) rules.learn(asked[0], reason);
      return spare.plan(reason, ...asked);
    }
  };
  return {
    name: first.kind,
    plan: (...asked) =>
      plan(...asked).catch((reason) => {
        if (reason instanceof PublicError) throw reason;
        if (reason instanceof PlannerEndedError) throw tooCostly(reason);
        throw new UnplannableError('no planner has a plan for the operation', { cause: reason });
      }),
    close() {
      first.close();
      fallback?.spare.close();
    },
  };
}

function tooCostly(cause: Error): PublicError {
  return new PublicError('TOO_COSTLY', 'No planner gets through with this operation; ask for less at a time.', {
    cause,
  });
}
