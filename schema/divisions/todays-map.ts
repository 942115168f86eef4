/** Ranges of codes → the unit of today that a level counts their rows under, in a form that a database searches. */
import { type DivisionLevel, divisionAt } from './division-level.ts';
import { divisions } from './divisions.ts';
import { intersect, type Region, regionOfPrefix } from './region.ts';
import { type DividedDivision, type FormerPrefix, type Succession, succession, unitToday } from './succession.ts';

/** What is true of the codes of one range. */
export interface MappedRange {
  /** First code of the range, which ends where the next one begins. */
  readonly from: string;
  /** The unit of today; for communities the street, whose last digits they keep. Null: that of the code itself. */
  readonly unit: string | null;
  /** Before this day nobody says where the rows lie today; `infinity`: whenever they are of. Null: it is known. */
  readonly unattributedUntil: string | null;
}

/** Streets of today's counties, to which former codes of streets lead. */
type StreetsOf = (county: string) => readonly string[];

const DIGITS: Readonly<Record<DivisionLevel, number>> = {
  COUNTRY: 0,
  PROVINCE: 2,
  CITY: 4,
  COUNTY: 6,
  STREET: 9,
  COMMUNITY: 12,
};

const streetsOfTable: StreetsOf = (county) =>
  divisions()
    .children(county)
    .map(({ code }) => code);

/** Ascending; empty if today's map is that of the day for every code of the region at this level. */
export function todaysMap(
  region: Region,
  level: DivisionLevel,
  changes: Succession = succession(),
  streetsOf: StreetsOf = streetsOfTable,
): readonly MappedRange[] {
  const isAsked = ({ prefix }: { readonly prefix: string }) => intersect(regionOfPrefix(prefix), region).length > 0;
  const former = changes.formerPrefixes.filter(isAsked);
  const rules = new Map<string, Omit<MappedRange, 'from'>>();
  for (const divided of changes.divided) {
    const rule = ruleOfDivided(divided, level);
    if (rule && isAsked({ prefix: divided.code })) rules.set(divided.code, rule);
  }
  for (const each of former) rules.set(each.prefix, ruleOfFormer(each, level, changes));
  if (DIGITS[level] > 6) {
    for (const [prefix, heir] of former.flatMap((each) => streetsBefore(each, changes, streetsOf))) {
      if (!rules.has(prefix)) rules.set(prefix, ruleOfFormer({ prefix, heirs: [heir] }, level, changes));
    }
  }
  return toRanges(rules);
}

/** The former codes of the streets of today, below a county whose streets kept their last digits. */
function streetsBefore({ prefix, heirs }: FormerPrefix, { earlierCodes }: Succession, streetsOf: StreetsOf) {
  const [county = ''] = heirs;
  if (prefix.length !== 6 || heirs.length !== 1) return [];
  return streetsOf(county).flatMap((street) =>
    earlierCodes(street)
      .filter((code) => code.startsWith(prefix))
      .map((code): [string, string] => [code, street]),
  );
}

function ruleOfFormer({ prefix, heirs }: FormerPrefix, level: DivisionLevel, changes: Succession) {
  const unknown = { unit: null, unattributedUntil: 'infinity' };
  const [heir = ''] = heirs;
  if (level === 'COMMUNITY' && prefix.length === 9 && heir.length === 9) return { unit: heir, unattributedUntil: null };
  if (DIGITS[level] > prefix.length) return unknown;
  const { unit, unattributed } = unitToday(prefix.padEnd(6, '0'), level, changes);
  return unattributed ? unknown : { unit, unattributedUntil: null };
}

/** Rows of a street are of that street, whatever became of its county. */
function ruleOfDivided({ heirs, until }: DividedDivision, level: DivisionLevel) {
  const units = new Set(heirs.map((heir) => divisionAt(heir, level)));
  return DIGITS[level] > 6 || units.size === 1 ? undefined : { unit: null, unattributedUntil: until };
}

/** Between two bounds the longest prefix holds, as in the directory. */
function toRanges(rules: ReadonlyMap<string, Omit<MappedRange, 'from'>>): readonly MappedRange[] {
  const bounds = [...rules.keys()].flatMap((prefix) => regionOfPrefix(prefix)[0]!);
  return [...new Set(bounds)].sort().map((from) => {
    const lengths = [9, 6, 4, 2];
    const rule = lengths.flatMap((length) => rules.get(from.slice(0, length)) ?? [])[0];
    return { from, ...(rule ?? { unit: null, unattributedUntil: null }) };
  });
}
