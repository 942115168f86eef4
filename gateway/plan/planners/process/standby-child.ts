/** A child that is started before it is needed, so that operations do not wait for the start of a planner. */
import type { Limits } from '../../../model/limits.ts';
import type { PlannerSpec } from '../load-planner.js';
import { type ChildLimits, type ChildListener, type PlannerChild, startChild } from './planner-child.ts';

export interface StandbyChild {
  /** Starts a child if there is none. It ends after `plannerIdleMs` unless it is taken over. */
  start(): void;
  /** Returns the child, started or starting, which calls `listener` from here on; undefined if there is none. */
  takeOver(listener: ChildListener): Promise<PlannerChild> | undefined;
  close(): void;
}

interface WaitingChild {
  readonly child: Promise<PlannerChild>;
  attach(listener: ChildListener): void;
}

export function createStandbyChild(
  spec: PlannerSpec,
  limits: ChildLimits & Pick<Limits, 'plannerIdleMs'>,
): StandbyChild {
  let waiting: WaitingChild | undefined;
  let timer: NodeJS.Timeout | undefined;

  const release = (): WaitingChild | undefined => {
    clearTimeout(timer);
    const released = waiting;
    waiting = undefined;
    return released;
  };
  const close = (): void => void release()?.child.then((child) => child.kill(), ignore);

  return {
    start() {
      if (waiting) return;
      const started = startWaitingChild(spec, limits, () => {
        if (waiting === started) release();
      });
      waiting = started;
      started.child.catch(() => {
        if (waiting === started) release();
      });
      timer = setTimeout(close, limits.plannerIdleMs).unref();
    },
    takeOver(listener) {
      const child = release();
      child?.attach(listener);
      return child?.child;
    },
    close,
  };
}

/** `onExit` is called if the child ends before it is taken over. */
function startWaitingChild(spec: PlannerSpec, limits: ChildLimits, onExit: () => void): WaitingChild {
  let attached: ChildListener | undefined;
  const child = startChild(spec, limits, {
    onPlan: (id, plan) => attached?.onPlan(id, plan),
    onFailure: (id, reason) => attached?.onFailure(id, reason),
    onTimeout: (id) => attached?.onTimeout(id),
    onExit: (reason) => (attached ? attached.onExit(reason) : onExit()),
  });
  child.then((started) => started.setReferenced(false), ignore);
  return {
    child,
    attach: (listener) => {
      attached = listener;
    },
  };
}

function ignore(): void {}
