/** Which planner serves a supergraph, and what becomes of an operation that it does not plan. */
import { PublicError } from '../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { Overrides } from '../model/overrides.ts';
import type { PlanNode } from '../model/plan.ts';
import { readApolloPlan } from './apollo.ts';
import { readHivePlan } from './hive.ts';
import { loadPlanner } from './planners.js';
import type { Planner, PlannerHost, PlannerKind, SlowPlan, StartPlanner } from './port.ts';
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

const HAS_INTERFACE_OBJECT = /isInterfaceObject:\s*true/;
/** Also in a text that only says so within a string, which does no harm: both planners plan it. */
const MAY_DEFER = /@defer\b/;

/**
 * The Rust planner where it has a binary for this machine, accepts the supergraph and finds a plan, which it does not for every
 * valid operation, nor any for `@defer`; and Apollo's otherwise. A supergraph where an interface is an object type of some subgraph is
 * Apollo's from the start: of objects met there, the Rust planner leaves out what is asked in fragments on their types.
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
  const refusal = HAS_INTERFACE_OBJECT.test(supergraph)
    ? new Error('the supergraph has an interface that is an object type in one of its subgraphs')
    : undefined;
  const hive = refusal ?? (await load('hive', false).catch((reason: Error) => reason));
  if (!(hive instanceof Error))
    return toPlanner(
      hive,
      createSpare(() => load('apollo', true), onFallback),
    );
  onFallback?.(hive);
  return toPlanner(await load('apollo', false), undefined);
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

function toPlanner(first: Source, spare: Spare | undefined): Planner {
  const plan: Planner['plan'] = async (...asked) => {
    if (!spare) return first.plan(...asked);
    if (MAY_DEFER.test(asked[0])) return spare.plan(new Error('the operation has @defer'), ...asked);
    try {
      return await first.plan(...asked);
    } catch (reason) {
      if (reason instanceof PublicError) throw reason;
      return spare.plan(reason, ...asked);
    }
  };
  return {
    name: first.kind,
    plan: (...asked) =>
      plan(...asked).catch((reason) => {
        throw reason instanceof PlannerEndedError ? unplannable(reason) : reason;
      }),
    close() {
      first.close();
      spare?.close();
    },
  };
}

function unplannable(cause: Error): PublicError {
  return new PublicError('TOO_COSTLY', 'No planner gets through with this operation; ask for less at a time.', {
    cause,
  });
}
