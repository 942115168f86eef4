/** The planner of a supergraph: one is asked first, and the other plans what the first does not. */
import { PublicError } from '../../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { PlanNode } from '../../model/plan.ts';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import { type Planner, type PlannerKind, type SlowPlan, UnplannableError } from '../planner.ts';
import { convertApolloPlan } from './apollo-plan.ts';
import { createFallbackRules, type FallbackRules } from './fallback-rules.ts';
import { convertHivePlan } from './hive-plan.ts';
import { loadPlanner } from './load-planner.js';
import type { PlannerHost, StartPlanner } from './planner-host.ts';
import { PlannerCrashedError, startPlannerProcess } from './process/planner-process.ts';
import { createSlowPlanReporter, type SlowPlanReporter } from './slow-plans.ts';

export interface PlannerOptions {
  readonly onFallback?: ((reason: unknown) => void) | undefined;
  /** Called for plans that took `slowPlanMs` or were aborted. Their operations hold no value of the client. */
  readonly onSlowPlan?: ((plan: SlowPlan) => void) | undefined;
  readonly limits?: Limits;
  /**
   * `process`: each planner runs in a process of its own, where `planMs` and `plansWaitingMax` hold. Default: `here`.
   */
  readonly runIn?: 'process' | 'here';
  /** The planner that is asked first. Apollo's has no fallback. Default: `hive`. */
  readonly primary?: PlannerKind;
}

/**
 * The Rust planner plans if it has a binary for this machine, accepts the supergraph and finds a plan; otherwise
 * Apollo's plans. Apollo's also plans operations with `@defer`, operations that meet an interface object, and those
 * that ended the process of the Rust planner before. `onFallback` is called with the reason.
 */
export async function createPlanner(
  { sdl, types, overrides }: Pick<PlanningSupergraph, 'sdl' | 'types' | 'overrides'>,
  options: PlannerOptions = {},
): Promise<Planner> {
  const { limits = DEFAULT_LIMITS, onFallback, primary = 'hive' } = options;
  const slowPlans = createSlowPlanReporter(limits, options.onSlowPlan);
  const start = createStartPlanner(options.runIn ?? 'here', limits);
  const spec = { supergraph: sdl, plansWeighedMax: limits.plansWeighedMax, overrideLabels: overrides.labels };
  const load = async (kind: PlannerKind, isFallback: boolean): Promise<LoadedPlanner> =>
    createLoadedPlanner(kind, await start({ ...spec, kind }, isFallback), slowPlans, limits);
  if (primary === 'apollo') return combinePlanners(await load('apollo', false), undefined);
  const hive = await load('hive', false).catch((reason: Error) => reason);
  if (hive instanceof Error) {
    onFallback?.(hive);
    return combinePlanners(await load('apollo', false), undefined);
  }
  const planner = createFallbackPlanner(() => load('apollo', true), onFallback);
  return combinePlanners(hive, { planner, rules: createFallbackRules(types, limits) });
}

/** A running planner with plans of the model. */
interface LoadedPlanner {
  readonly kind: PlannerKind;
  plan(operation: string, operationName: string | undefined, draw?: number): Promise<PlanNode | undefined>;
  close(): void;
}

function createStartPlanner(runIn: 'process' | 'here', limits: Limits): StartPlanner {
  if (runIn === 'process') return (spec, isFallback) => startPlannerProcess(spec, isFallback, limits);
  return async (spec) => ({ plan: await loadPlanner(spec), close: () => {} });
}

function createLoadedPlanner(
  kind: PlannerKind,
  host: PlannerHost,
  slowPlans: SlowPlanReporter,
  { planMs }: Limits,
): LoadedPlanner {
  const convert = kind === 'hive' ? convertHivePlan : convertApolloPlan;
  const report = (operation: string, tookMs: number, isRefused: boolean): void =>
    slowPlans.report({ operation, planner: kind, tookMs, isRefused });
  return {
    kind,
    async plan(operation, operationName, draw) {
      try {
        const { node, tookMs } = await host.plan(operation, operationName, draw);
        report(operation, tookMs, false);
        return convert(node);
      } catch (reason) {
        if (reason instanceof PublicError && reason.code === 'TOO_COSTLY') report(operation, planMs, true);
        throw reason;
      }
    },
    close: () => host.close(),
  };
}

interface FallbackPlanner {
  plan(reason: unknown, ...args: Parameters<Planner['plan']>): ReturnType<Planner['plan']>;
  close(): void;
}

/** Starts when it is first needed, and again at the next operation if the start failed. */
function createFallbackPlanner(
  load: () => Promise<LoadedPlanner>,
  onFallback: PlannerOptions['onFallback'],
): FallbackPlanner {
  let loading: Promise<LoadedPlanner> | undefined;
  return {
    async plan(reason, ...args) {
      onFallback?.(reason);
      loading ??= load().catch((error) => {
        loading = undefined;
        throw error;
      });
      return (await loading).plan(...args);
    },
    close: () =>
      void loading?.then(
        (planner) => planner.close(),
        () => {},
      ),
  };
}

interface FallbackSetup {
  readonly planner: FallbackPlanner;
  readonly rules: FallbackRules;
}

function combinePlanners(primary: LoadedPlanner, fallback: FallbackSetup | undefined): Planner {
  const plan: Planner['plan'] = async (...args) => {
    if (!fallback) return primary.plan(...args);
    const { planner, rules } = fallback;
    const reason = rules.reasonFor(args[0], args[1]);
    if (reason) return planner.plan(reason, ...args);
    try {
      return await primary.plan(...args);
    } catch (reason) {
      if (reason instanceof PublicError) throw reason;
      if (reason instanceof PlannerCrashedError) rules.exclude(args[0], reason);
      return planner.plan(reason, ...args);
    }
  };
  return {
    name: primary.kind,
    plan: (...args) =>
      plan(...args).catch((reason) => {
        if (reason instanceof PublicError) throw reason;
        if (reason instanceof PlannerCrashedError) throw createTooCostlyError(reason);
        throw new UnplannableError('no planner has a plan for the operation', { cause: reason });
      }),
    close() {
      primary.close();
      fallback?.planner.close();
    },
  };
}

function createTooCostlyError(cause: Error): PublicError {
  return new PublicError('TOO_COSTLY', 'No planner can handle this operation; ask for less at a time.', {
    cause,
  });
}
