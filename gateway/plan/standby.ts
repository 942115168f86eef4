/** A planner's child that is started before it is needed, so that operations do not wait for a start. */
import type { Limits } from '../model/limits.ts';
import { type ChildEvents, type ChildLimits, type PlannerChild, startChild } from './child.ts';
import type { PlannerSpec } from './planners.js';

export interface Standby {
  /** Starts a child, if there is none. It ends after `plannerIdleMs`, if it is not taken. */
  prepare(): void;
  /** The child, started or about to be, which tells `events` from here on; undefined if there is none. */
  take(events: ChildEvents): Promise<PlannerChild> | undefined;
  close(): void;
}

interface Waiting {
  readonly child: Promise<PlannerChild>;
  use(events: ChildEvents): void;
}

export function createStandby(spec: PlannerSpec, limits: ChildLimits & Pick<Limits, 'plannerIdleMs'>): Standby {
  let waiting: Waiting | undefined;
  let timer: NodeJS.Timeout | undefined;

  const release = (): Waiting | undefined => {
    clearTimeout(timer);
    const released = waiting;
    waiting = undefined;
    return released;
  };
  const close = (): void => void release()?.child.then((child) => child.end(), ignore);

  return {
    prepare() {
      if (waiting) return;
      const started = startWaiting(spec, limits, () => {
        if (waiting === started) release();
      });
      waiting = started;
      started.child.catch(() => {
        if (waiting === started) release();
      });
      timer = setTimeout(close, limits.plannerIdleMs).unref();
    },
    take(events) {
      const taken = release();
      taken?.use(events);
      return taken?.child;
    },
    close,
  };
}

/** `onEnd` hears of an end of the child before it is used. */
function startWaiting(spec: PlannerSpec, limits: ChildLimits, onEnd: () => void): Waiting {
  let user: ChildEvents | undefined;
  const child = startChild(spec, limits, {
    onPlan: (id, plan) => user?.onPlan(id, plan),
    onFailure: (id, reason) => user?.onFailure(id, reason),
    onLate: (id) => user?.onLate(id),
    onExit: (reason) => (user ? user.onExit(reason) : onEnd()),
  });
  child.then((started) => started.hold(false), ignore);
  return {
    child,
    use: (events) => {
      user = events;
    },
  };
}

function ignore(): void {}
