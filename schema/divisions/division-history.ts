/** Events → the life of each code: its names by date, what came before it and after it. */
import { once } from '../standard/data-file.ts';
import { type DivisionEvent, divisionEvents } from './division-events.ts';

/** A time in which a code was in force under one name. */
export interface NamePeriod {
  readonly name: string;
  /** First day; null if no event says how it began. */
  readonly from: string | null;
  /** First day after; null if it goes on. */
  readonly to: string | null;
}

/** A code that is no longer in force. */
export interface FormerDivision {
  readonly code: string;
  readonly name: string;
  /** First day on which it was no longer in force. */
  readonly validTo: string;
  /** The codes that took it over on that day. */
  readonly successors: readonly string[];
  /** True if its streets kept the last digits of their codes under its only successor. */
  readonly keepsStreets: boolean;
}

export interface DivisionHistory {
  readonly events: readonly DivisionEvent[];
  /** The events in which the code stands, oldest first. */
  eventsOf(code: string): readonly DivisionEvent[];
  /** Oldest first; empty for a code that no event names. A gap between periods is a time in which it was not in force. */
  periodsOf(code: string): readonly NamePeriod[];
  /** The day from which the code has been in force, or was until it ended; null if no event says it. */
  validFrom(code: string): string | null;
  /** Undefined for a code that is in force or that no event names. */
  former(code: string): FormerDivision | undefined;
  /** In the order of their codes. */
  readonly allFormer: readonly FormerDivision[];
  /** The codes of which it took over all or a part, in the order of their codes. */
  predecessors(code: string): readonly string[];
}

const NONE: readonly never[] = [];

export const divisionHistory: () => DivisionHistory = once(() => createDivisionHistory(divisionEvents()));

/** `events` oldest first. */
export function createDivisionHistory(events: readonly DivisionEvent[]): DivisionHistory {
  const eventsByCode = groupByCode(events);
  const periods = new Map([...eventsByCode].map(([code, own]) => [code, periodsFrom(code, own)]));
  const former = new Map<string, FormerDivision>();
  for (const code of [...eventsByCode.keys()].sort()) {
    const ended = createFormer(code, eventsByCode.get(code)!);
    if (ended) former.set(code, ended);
  }
  const predecessors = new Map([...eventsByCode].map(([code, own]) => [code, predecessorsOf(code, own)]));
  return {
    events,
    eventsOf: (code) => eventsByCode.get(code) ?? NONE,
    periodsOf: (code) => periods.get(code) ?? NONE,
    validFrom: (code) => lifeOf(periods.get(code) ?? NONE, -1)?.from ?? null,
    former: (code) => former.get(code),
    allFormer: [...former.values()],
    predecessors: (code) => predecessors.get(code) ?? NONE,
  };
}

/** The time in which a code was in force without a gap, whatever its names, around the period at the index. */
export function lifeOf(
  periods: readonly NamePeriod[],
  index: number,
): { readonly from: string | null; readonly to: string | null } | undefined {
  let first = index < 0 ? periods.length + index : index;
  let last = first;
  if (!periods[first]) return undefined;
  while (first > 0 && periods[first - 1]!.to === periods[first]!.from) first--;
  while (last < periods.length - 1 && periods[last + 1]!.from === periods[last]!.to) last++;
  return { from: periods[first]!.from, to: periods[last]!.to };
}

function groupByCode(events: readonly DivisionEvent[]): Map<string, DivisionEvent[]> {
  const byCode = new Map<string, DivisionEvent[]>();
  for (const event of events) {
    for (const code of new Set([...Object.keys(event.from), ...Object.keys(event.to)])) {
      const own = byCode.get(code);
      if (own) own.push(event);
      else byCode.set(code, [event]);
    }
  }
  return byCode;
}

/** True if the event ends the code. */
export function ends({ kind, from, to }: DivisionEvent, code: string): boolean {
  return kind !== 'PART_MOVED' && code in from && !(code in to);
}

/** True if the event begins the code. A division that takes another over, or a part of one, goes on. */
function begins({ kind, to }: DivisionEvent, code: string): boolean {
  return (kind === 'ESTABLISH' || kind === 'RECODE') && code in to;
}

function periodsFrom(code: string, events: readonly DivisionEvent[]): readonly NamePeriod[] {
  const periods: NamePeriod[] = [];
  const first = events[0]!;
  let open: { readonly name: string; readonly from: string | null } | undefined = begins(first, code)
    ? undefined
    : { name: first.from[code] ?? first.to[code]!, from: null };
  const close = (on: string): void => {
    if (open && open.from !== on) periods.push({ ...open, to: on });
    open = undefined;
  };
  for (const event of events) {
    const name = event.to[code];
    if (ends(event, code)) close(event.on);
    else if (name !== undefined && name !== open?.name) {
      close(event.on);
      open = { name, from: event.on };
    }
  }
  return open ? [...periods, { ...open, to: null }] : periods;
}

/** Undefined if the code is in force. One that begins and ends on the same day is former. */
function createFormer(code: string, events: readonly DivisionEvent[]): FormerDivision | undefined {
  const end = events.findLast((event) => ends(event, code));
  if (!end || events.some((event) => event.on > end.on && begins(event, code))) return undefined;
  const endings = events.filter((event) => event.on === end.on && ends(event, code));
  const successors = [...new Set(endings.flatMap((event) => Object.keys(event.to)))].sort();
  return {
    code,
    name: end.from[code]!,
    validTo: end.on,
    successors,
    keepsStreets: successors.length === 1 && endings.every((event) => event.streets === 'SAME'),
  };
}

function predecessorsOf(code: string, events: readonly DivisionEvent[]): readonly string[] {
  const codes = events.filter((event) => code in event.to).flatMap((event) => Object.keys(event.from));
  return [...new Set(codes)].filter((before) => before !== code).sort();
}
