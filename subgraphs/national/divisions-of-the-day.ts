/** Divisions as they were on a day, and those of the past that the table of the database does not have. */
import { type Division, type DivisionEvent, divisions } from '@yiwang/schema';
import type { DivisionRow } from './store.ts';

const MILLISECONDS_PER_DAY = 86_400_000;

/** Null if the code was not in force. The row remembers its day, so that its parent and children are of that day. */
export function divisionOn(code: string, day: string): DivisionRow | null {
  const row = divisions().on(code, day);
  return row ? toRow(row, day) : null;
}

/** What a division was when an event changed it. */
export function divisionBefore(code: string, { on }: DivisionEvent): DivisionRow | { readonly code: string } {
  const dayBefore = new Date(Date.parse(on) - MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
  return divisionOn(code, dayBefore) ?? { code };
}

/**
 * In force on the day and directly below, in the order of codes; nominal levels are passed over. No table has the
 * streets of former counties.
 */
export function childrenOn(parent: string, day: string): readonly DivisionRow[] {
  const table = divisions();
  const candidates = [...table.visibleChildren(parent), ...table.former().filter(({ code }) => code !== parent)];
  return candidates
    .flatMap(({ code }) => divisionOn(code, day) ?? [])
    .filter((row) => row.parent === parent)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** A street or community below a former county. */
export function formerDivision(code: string): DivisionRow | null {
  const row = divisions().get(code);
  return row && row.validTo !== null ? toRow(row, null) : null;
}

function toRow(row: Division, on: string | null): DivisionRow {
  const above = visibleParent(row, on);
  const { code, name, level, nominal, validFrom, validTo, successors, predecessors } = row;
  return {
    ...{ code, name, level, nominal, validFrom, validTo, successors, predecessors },
    fullName: fullNameOf(row, above, on),
    parent: above?.code ?? null,
    on,
  };
}

function visibleParent(row: Division, on: string | null): Division | undefined {
  for (let above = parentOf(row, on); above !== undefined; above = parentOf(above, on)) {
    if (!above.nominal) return above;
  }
  return undefined;
}

function parentOf({ parent }: Division, on: string | null): Division | undefined {
  if (parent === null) return undefined;
  return on === null ? divisions().get(parent) : divisions().on(parent, on);
}

function fullNameOf(row: Division, above: Division | undefined, on: string | null): string {
  if (!above || above.level === 'COUNTRY') return row.name;
  const prefix = fullNameOf(above, visibleParent(above, on), on);
  return row.nominal && row.name === above.name ? prefix : prefix + row.name;
}
