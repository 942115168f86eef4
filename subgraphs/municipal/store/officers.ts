/** The officers on duty. */
import { type Database, type Page, readPage, type Within, whereWithin } from '@yiwang/platform';

export interface OfficerRow {
  readonly id: string;
  readonly division: string;
  readonly name: string;
  readonly phone: string | null;
  readonly post: string;
  readonly department: string | null;
  readonly grids: readonly string[];
}

export function pageOfficers(
  db: Database,
  { within, first, after }: { within?: Within; first?: number | null; after?: string | null },
): Page<OfficerRow> {
  return readPage<OfficerRow>(db, {
    name: 'officers',
    columns: 'id, division, name, phone, post, department, grids',
    from: 'officers',
    where: [whereWithin(within)],
    order: { key: 'ID', expression: 'id', direction: 'ASC', kind: 'text' },
    first: first ?? null,
    after: after ?? null,
  });
}
