/** The performance of a division in a month: counts around a level of its own that drift slowly and dip in winter and at New Year. */
import { divisions, levelOf } from '@yiwang/schema';
import { createRandom, type Random } from '../random.ts';

/** By the keys of the standard's metrics. */
export type Counts = Readonly<Record<string, number>>;

export interface Performance {
  readonly cases: Counts;
  readonly hotline: Counts;
}

/** Cases a month of one county. */
const CASES_OF_COUNTY = 900;
/** The hotline takes this many requests for each grid case. */
const REQUESTS_PER_CASE = 1.8;
const MONTH_FACTORS = [0.86, 0.72, 1, 1.02, 1.04, 1.06, 1.1, 1.1, 1.03, 1.02, 0.98, 0.95] as const;

/** The same division and month give the same figures on every tier. */
export function performanceOf(seed: string, division: string, month: string): Performance {
  const own = createRandom(`${seed} ${division}`);
  const level = own.between(0.5, 1);
  const trend = own.between(-0.002, 0.004);
  const size = own.between(0.6, 1.5) * countiesOf(division) * CASES_OF_COUNTY;
  const random = createRandom(`${seed} ${division} ${month}`);
  const monthNumber = Number(month.slice(5));
  const elapsed = (Number(month.slice(0, 4)) - 2024) * 12 + monthNumber - 11;
  const skill = clamp(level + trend * elapsed + random.normal(0, 0.06), 0.05, 1);
  const volume = size * MONTH_FACTORS[monthNumber - 1]! * clamp(random.normal(1, 0.05), 0.8, 1.2);
  return { cases: casesOf(random, volume, skill), hotline: hotlineOf(random, volume * REQUESTS_PER_CASE, skill) };
}

function casesOf(random: Random, volume: number, skill: number): Counts {
  const reported = Math.round(volume);
  const filed = share(random, reported, 0.93);
  const closeDue = share(random, filed, 0.97);
  const closed = share(random, closeDue, 0.86 + 0.135 * skill);
  const closedOnTime = share(random, closed, 0.72 + 0.27 * skill);
  const reworked = share(random, closeDue, 0.06 - 0.045 * skill);
  const extended = share(random, closeDue, 0.09 - 0.06 * skill);
  return { reported, filed, closeDue, closed, closedOnTime, closedLate: closed - closedOnTime, reworked, extended };
}

function hotlineOf(random: Random, volume: number, skill: number): Counts {
  const callbacks = share(random, Math.round(volume), 0.9);
  const callbacksValid = share(random, callbacks, 0.62);
  const contacted = share(random, callbacksValid, 0.95 + 0.048 * skill);
  const resolved = share(random, callbacksValid, 0.74 + 0.23 * skill);
  const satisfied = share(random, callbacksValid, 0.7 + 0.25 * skill);
  const basicallySatisfied = share(random, callbacksValid - satisfied, 0.5);
  const dissatisfied = callbacksValid - satisfied - basicallySatisfied;
  return { callbacks, callbacksValid, contacted, resolved, satisfied, basicallySatisfied, dissatisfied };
}

function share(random: Random, whole: number, part: number): number {
  return Math.round(whole * clamp(part + random.normal(0, 0.004), 0, 1));
}

function countiesOf(division: string): number {
  const level = levelOf(division);
  if (level === 'COUNTY') return 1;
  if (level === 'STREET' || level === 'COMMUNITY') return 0.1;
  const below = divisions().visibleChildren(division);
  return level === 'CITY' ? Math.max(1, below.length) : below.reduce((sum, { code }) => sum + countiesOf(code), 0);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
