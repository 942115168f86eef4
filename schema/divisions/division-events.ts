/** Changes of divisions over time: which codes ended, began, or changed their name or extent, and when. */
import { once, readData } from '../standard/data-file.ts';

export const DIVISION_EVENT_KINDS = [
  'ESTABLISH',
  'ABOLISH',
  'RENAME',
  'RECODE',
  'MERGE',
  'SPLIT',
  'PART_MOVED',
] as const;
export type DivisionEventKind = (typeof DIVISION_EVENT_KINDS)[number];

/** Names of the day by canonical code. */
export type NamedCodes = Readonly<Record<string, string>>;

export interface DivisionEvent {
  readonly kind: DivisionEventKind;
  /** The first day in force. If the day is not known, the last day of the month or year: it was in force by then. */
  readonly on: string;
  readonly precision: 'DAY' | 'MONTH' | 'YEAR';
  /** The divisions before. One that stands in `to` as well goes on under its code. */
  readonly from: NamedCodes;
  /** The divisions after. */
  readonly to: NamedCodes;
  /**
   * Where streets went: `SAME` if they kept the last digits of their codes, otherwise the code of today's street, or of
   * its county, by the code of the former street. Undefined if no source says it.
   */
  readonly streets?: 'SAME' | NamedCodes;
  /** `sure` if it was read in a source, `memory` if not. */
  readonly certainty: 'sure' | 'memory';
  readonly basis: string;
  readonly note?: string;
}

export interface DivisionEventsFile {
  /** The text of each basis that events name. */
  readonly bases: Readonly<Record<string, string>>;
  readonly events: readonly DivisionEvent[];
}

/** The events of the standard, oldest first. */
export const divisionEvents: () => readonly DivisionEvent[] = once(() =>
  parseDivisionEvents(readData<DivisionEventsFile>('division-events.json')),
);

/**
 * Events oldest first, those of one day in the order of their kinds, with the text of their basis. Throws an `Error`
 * that lists every fault, one to a line.
 */
export function parseDivisionEvents({ bases, events }: DivisionEventsFile): readonly DivisionEvent[] {
  const faults = events.flatMap((event, index) =>
    findFaults(event, bases).map((fault) => `events[${index}] (${event.kind} ${event.on}): ${fault}`),
  );
  if (faults.length > 0) throw new Error(['The division events have faults:', ...faults].join('\n'));
  return events
    .map((event) => ({ ...event, basis: bases[event.basis]! }))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : rankOf(a) - rankOf(b)));
}

function rankOf({ kind }: DivisionEvent): number {
  return DIVISION_EVENT_KINDS.indexOf(kind);
}

function findFaults(event: DivisionEvent, bases: DivisionEventsFile['bases']): string[] {
  const { kind, on, streets } = event;
  const from = Object.keys(event.from);
  const to = Object.keys(event.to);
  const faults = [...from, ...to].filter((code) => !/^\d{6}$/.test(code)).map((code) => `"${code}" is no code`);
  if (!DIVISION_EVENT_KINDS.includes(kind)) faults.push(`"${kind}" is no kind of event`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on) || Number.isNaN(Date.parse(on))) faults.push(`"${on}" is no date`);
  if (!hasForm(kind, from, to)) faults.push(`${from.join()} to ${to.join()} is no ${kind}`);
  if (bases[event.basis] === undefined) faults.push(`the basis "${event.basis}" is not among the bases`);
  if (streets === 'SAME' && (from.length !== 1 || to.length !== 1))
    faults.push('"SAME" needs one code before and after');
  if (streets === undefined || streets === 'SAME') return faults;
  for (const [street, target] of Object.entries(streets)) {
    const isMoved = from.includes(street.slice(0, 6)) && to.includes(target.slice(0, 6));
    if (!isMoved || !/^\d{9}$/.test(street) || !/^\d{6}(\d{3})?$/.test(target))
      faults.push(`the street ${street} cannot have gone to ${target}`);
  }
  return faults;
}

function hasForm(kind: DivisionEventKind, from: readonly string[], to: readonly string[]): boolean {
  const isSame = from.length === 1 && to.length === 1 && from[0] === to[0];
  switch (kind) {
    case 'ESTABLISH':
      return from.length === 0 && to.length === 1;
    case 'ABOLISH':
      return from.length === 1 && to.length === 0;
    case 'RENAME':
      return isSame;
    case 'RECODE':
      return from.length === 1 && to.length === 1 && !isSame;
    case 'MERGE':
      return from.length > 0 && to.length === 1 && !isSame;
    case 'SPLIT':
      return from.length === 1 && to.length > 1;
    case 'PART_MOVED':
      return from.length > 0 && to.length > 0 && !from.some((code) => to.includes(code));
  }
}
