/** Findings → counts by platform, rule and day, with a few samples: bounded in memory, and handed on to be stored. */
import { dateAt } from '@yiwang/schema/time';
import type { Finding, FindingSample } from '../../model/finding.ts';
import type { Limits } from '../../model/limits.ts';

/** What was found of one platform by one rule on one day, since it was taken last. */
export interface FindingCount {
  readonly platform: string;
  readonly rule: string;
  /** `YYYY-MM-DD` in the zone +08:00. */
  readonly day: string;
  readonly count: number;
  readonly samples: readonly FindingSample[];
}

/** Since the start, for metrics. */
export interface FindingTotal {
  readonly platform: string;
  readonly rule: string;
  readonly count: number;
}

export interface FindingCounter {
  count(finding: Finding): void;
  totals(): readonly FindingTotal[];
  /** Returns what was counted since the last call. */
  take(): readonly FindingCount[];
  /** Gives back what could not be stored. */
  giveBack(counts: readonly FindingCount[]): void;
}

type CounterLimits = Pick<Limits, 'findingSeriesMax' | 'findingSamplesMax'>;

/** In place of a platform that nobody knows. */
export const UNKNOWN_PLATFORM = 'unknown';
/** In place of platform and rule once there are too many pairs of them. */
export const OTHERS = 'other';

interface PendingCount {
  readonly platform: string;
  readonly rule: string;
  readonly day: string;
  count: number;
  readonly samples: FindingSample[];
}

export function createFindingCounter(limits: CounterLimits, now: () => Date = () => new Date()): FindingCounter {
  const totals = new Map<string, { platform: string; rule: string; count: number }>();
  const others = { platform: OTHERS, rule: OTHERS, count: 0 };
  let pending = new Map<string, PendingCount>();

  const addTotal = (platform: string, rule: string, count: number): void => {
    const key = `${platform} ${rule}`;
    const total = totals.get(key);
    if (total) total.count += count;
    else if (totals.size < limits.findingSeriesMax) totals.set(key, { platform, rule, count });
    else others.count += count;
  };
  const addPending = ({ platform, rule, day, count, samples }: FindingCount): void => {
    const key = `${day} ${platform} ${rule}`;
    let entry = pending.get(key);
    if (!entry) {
      if (pending.size >= limits.findingSeriesMax) return;
      entry = { platform, rule, day, count: 0, samples: [] };
      pending.set(key, entry);
    }
    entry.count += count;
    const room = limits.findingSamplesMax - entry.samples.length;
    if (room > 0) entry.samples.push(...samples.slice(0, room));
  };
  return {
    count({ platform = UNKNOWN_PLATFORM, rule, count, samples }) {
      addTotal(platform, rule, count);
      addPending({ platform, rule, day: dateAt(now()), count, samples });
    },
    totals: () => (others.count === 0 ? [...totals.values()] : [...totals.values(), others]),
    take() {
      const counts = [...pending.values()];
      pending = new Map();
      return counts;
    },
    giveBack(counts) {
      for (const count of counts) addPending(count);
    },
  };
}
