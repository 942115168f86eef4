/** The division of today that a code of any day belongs to. */
import { once } from '../standard/data-file.ts';
import type { DivisionEvent } from './division-events.ts';
import { type DivisionHistory, divisionHistory, type FormerDivision } from './division-history.ts';
import { type DivisionLevel, divisionAt } from './division-level.ts';
import { prefixOf } from './region.ts';

/** Codes with this prefix do not stand for a division of today, but for those that took it over. */
export interface FormerPrefix {
  readonly prefix: string;
  /** Codes of today, in their order; several if it was divided. */
  readonly heirs: readonly string[];
}

/** A division in force that gave a part away: which part, its code does not tell for rows of before that day. */
export interface DividedDivision {
  readonly code: string;
  /** First day on which it was without the part. */
  readonly until: string;
  /** The code itself, and those that got parts. */
  readonly heirs: readonly string[];
}

export interface DivisionEnd {
  /** First day on which the code was no longer in force. */
  readonly validTo: string;
  /** The codes that took it over on that day, which may have ended as well. */
  readonly successors: readonly string[];
}

export interface Succession {
  /** The codes of today that a canonical code stands for: itself if it is in force, several if it was divided. */
  heirsOf(code: string): readonly string[];
  /** Former counties, cities and provinces, and streets that events name, in the order of prefixes. */
  readonly formerPrefixes: readonly FormerPrefix[];
  /** In the order of codes, one for each day. */
  readonly divided: readonly DividedDivision[];
  /** The codes that a street or community of today had before, ascending. */
  earlierCodes(code: string): readonly string[];
  /** How the code of a former division or of a street that moved ended, and codes below it; undefined if in force. */
  endOf(code: string): DivisionEnd | undefined;
}

const NONE: readonly string[] = [];

export const succession: () => Succession = once(() => createSuccession(divisionHistory()));

export function createSuccession(history: DivisionHistory): Succession {
  const streets = new Map(history.events.flatMap(streetMoves));
  const heirsOf = (code: string, seen: readonly string[] = NONE): readonly string[] => {
    const next = endOf(code, history, streets)?.successors.filter((successor) => !seen.includes(successor));
    if (!next?.length) return [code];
    return [...new Set(next.flatMap((successor) => heirsOf(successor, [...seen, code])))].sort();
  };
  const formerCodes = [...history.allFormer.map(({ code }) => code), ...movedStreets(streets, history)];
  const formerPrefixes = formerCodes
    .map((code): FormerPrefix => ({ prefix: prefixOf(code), heirs: heirsOf(code) }))
    .sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
  return {
    heirsOf: (code) => heirsOf(code),
    formerPrefixes,
    divided: dividedDivisions(history, (code) => heirsOf(code)),
    earlierCodes: createEarlierCodes(history, formerPrefixes),
    endOf: (code) => endOf(code, history, streets),
  };
}

/**
 * The unit under which a level counts a row of this code by today's map: that of `divisionAt` for the heirs of the code.
 * `unattributed` if they are of several units, or the events do not say of which; the unit is then that of the code.
 */
export function unitToday(
  code: string,
  level: DivisionLevel,
  { heirsOf }: Pick<Succession, 'heirsOf'> = succession(),
): { readonly unit: string | null; readonly unattributed: boolean } {
  const ofTheDay = divisionAt(code, level);
  const heirs = heirsOf(code);
  if (heirs.length === 1 && heirs[0] === code) return { unit: ofTheDay, unattributed: false };
  const [unit = null, ...others] = new Set(heirs.map((heir) => divisionAt(heir, level)));
  if (unit !== null && others.length === 0) return { unit, unattributed: false };
  return { unit: ofTheDay, unattributed: ofTheDay !== null };
}

interface StreetMove {
  readonly on: string;
  readonly target: string;
}

function streetMoves({ on, streets }: DivisionEvent): [string, StreetMove][] {
  if (streets === undefined || streets === 'SAME') return [];
  return Object.entries(streets).map(([street, target]) => [street, { on, target }]);
}

function endOf(
  code: string,
  history: DivisionHistory,
  streets: ReadonlyMap<string, StreetMove>,
): DivisionEnd | undefined {
  const move = code.length >= 9 ? streets.get(code.slice(0, 9)) : undefined;
  if (move) {
    const successor = move.target.length === 9 ? move.target + code.slice(9) : move.target;
    return { validTo: move.on, successors: [successor] };
  }
  const former = nearestFormer(code, history);
  if (!former) return undefined;
  const keepsDigits = former.keepsStreets && code.length > 6 && former.code === code.slice(0, 6);
  return keepsDigits ? { ...former, successors: [former.successors[0]! + code.slice(6)] } : former;
}

/** The former division that the code is, or that it lies in: a county before its city. */
function nearestFormer(code: string, history: DivisionHistory): FormerDivision | undefined {
  const county = code.slice(0, 6);
  return history.former(county) ?? history.former(`${code.slice(0, 4)}00`) ?? history.former(`${code.slice(0, 2)}0000`);
}

/** The streets that events name, under every code that they had before they moved. */
function movedStreets(streets: ReadonlyMap<string, StreetMove>, history: DivisionHistory): readonly string[] {
  const moved = new Set(streets.keys());
  for (const street of moved) {
    for (const { code, successors, keepsStreets } of history.allFormer) {
      if (keepsStreets && successors[0] === street.slice(0, 6)) moved.add(code + street.slice(6));
    }
  }
  return [...moved];
}

function createEarlierCodes(
  history: DivisionHistory,
  formerPrefixes: readonly FormerPrefix[],
): Succession['earlierCodes'] {
  const countiesBefore = new Map<string, string[]>();
  for (const former of history.allFormer) {
    const county = countyWithStreetsOf(former, history);
    if (county !== undefined) countiesBefore.set(county, [...(countiesBefore.get(county) ?? NONE), former.code]);
  }
  const streetsBefore = new Map<string, string[]>();
  for (const { prefix, heirs } of formerPrefixes) {
    const [street = ''] = heirs;
    if (prefix.length === 9 && street.length === 9) {
      streetsBefore.set(street, [...(streetsBefore.get(street) ?? NONE), prefix]);
    }
  }
  const moved = new Set(formerPrefixes.map(({ prefix }) => prefix));
  return (code) => {
    const counties = countiesBefore.get(code.slice(0, 6)) ?? NONE;
    const streets = streetsBefore.get(code.slice(0, 9)) ?? NONE;
    if (counties.length === 0 && streets.length === 0) return NONE;
    const sameStreets = counties.map((county) => county + code.slice(6)).filter((each) => !moved.has(each.slice(0, 9)));
    return [...sameStreets, ...streets.map((street) => street + code.slice(9))].sort();
  };
}

/** The county of today that has the streets of the former one under their last digits; undefined if none does. */
function countyWithStreetsOf(former: FormerDivision, history: DivisionHistory): string | undefined {
  const passed = new Set<string>();
  let at: FormerDivision | undefined = former;
  while (at?.keepsStreets && !passed.has(at.code)) {
    passed.add(at.code);
    const next: string = at.successors[0]!;
    at = history.former(next);
    if (!at) return next;
  }
  return undefined;
}

function dividedDivisions(history: DivisionHistory, heirsOf: Succession['heirsOf']): readonly DividedDivision[] {
  const divided = history.events.flatMap((event): DividedDivision[] =>
    Object.keys(event.from)
      .filter((code) => event.kind === 'PART_MOVED' || (event.kind === 'SPLIT' && code in event.to))
      .map((code) => ({
        code,
        until: event.on,
        heirs: [...new Set([code, ...Object.keys(event.to)].flatMap(heirsOf))].sort(),
      })),
  );
  return divided.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.until < b.until ? -1 : 1));
}
