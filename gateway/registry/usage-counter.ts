/** Counts in memory what operations use, and gives the counts away for the registry. */
import type { Rights } from '../model/rights.ts';
import { ANONYMOUS } from '../model/rights.ts';
import type { CountedUse } from './registry-store.ts';

/** What one text uses: the same object for each operation with that text. */
export interface UsedText {
  readonly coordinates: readonly string[];
}

export interface UsageCounter {
  /** Counts the coordinates of the text; `further` are those in its variables. */
  count(rights: UsageRights, text: UsedText, further: readonly string[]): void;
  /** Everything that was counted since the last call. */
  drain(): readonly CountedUse[];
  /** Takes back what could not be written. */
  restore(uses: readonly CountedUse[]): void;
  /** Uses that were not counted because `entriesMax` was reached. */
  readonly lost: number;
}

export type UsageRights = Pick<Rights, 'subject' | 'audience' | 'department' | 'division'>;

interface CallerUses {
  readonly audience: string;
  readonly caller: string;
  readonly day: number;
  readonly texts: Map<UsedText, number>;
  readonly coordinates: Map<string, number>;
}

const DAY_MS = 86_400_000;
/** Days of the registry are those of +08:00. */
const OFFSET_MS = 8 * 3_600_000;

export function createUsageCounter(entriesMax: number, now: () => number = Date.now): UsageCounter {
  let callers = new Map<string, CallerUses>();
  let entries = 0;
  let lost = 0;

  /** Undefined for one more caller if there is no room for what it uses. */
  const usesOf = (day: number, audience: string, caller: string): CallerUses | undefined => {
    const key = `${day} ${audience} ${caller}`;
    let uses = callers.get(key);
    if (!uses && entries < entriesMax) {
      uses = { audience, caller, day, texts: new Map(), coordinates: new Map() };
      callers.set(key, uses);
    }
    return uses;
  };
  const add = <Key>(counts: Map<Key, number> | undefined, key: Key, uses: number): void => {
    const before = counts?.get(key);
    if (!counts || (before === undefined && entries >= entriesMax)) {
      lost += uses;
      return;
    }
    if (before === undefined) entries++;
    counts.set(key, (before ?? 0) + uses);
  };
  return {
    count(rights, text, further) {
      const day = Math.floor((now() + OFFSET_MS) / DAY_MS);
      const uses = usesOf(day, rights.audience, callerOf(rights));
      add(uses?.texts, text, 1);
      for (const coordinate of further) add(uses?.coordinates, coordinate, 1);
    },
    drain() {
      const counted = [...callers.values()].flatMap(expand);
      callers = new Map();
      entries = 0;
      return counted;
    },
    restore(uses) {
      for (const { day, audience, caller, coordinate, uses: count } of uses) {
        add(usesOf(Date.parse(day) / DAY_MS, audience, caller)?.coordinates, coordinate, count);
      }
    },
    get lost() {
      return lost;
    },
  };
}

/** Applications by name; everybody else by department or division, so that no person is kept. */
function callerOf({ subject, audience, department, division }: UsageRights): string {
  if (audience === 'open') return subject === ANONYMOUS ? ANONYMOUS : `app:${subject}`;
  return department === undefined ? `division:${division}` : `department:${department}`;
}

function expand({ audience, caller, day, texts, coordinates }: CallerUses): CountedUse[] {
  const uses = new Map(coordinates);
  for (const [text, count] of texts) {
    for (const coordinate of text.coordinates) uses.set(coordinate, (uses.get(coordinate) ?? 0) + count);
  }
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  return [...uses].map(([coordinate, count]) => ({ coordinate, day: date, audience, caller, uses: count }));
}
