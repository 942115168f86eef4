/** The parent that the resolvers of each type get. */
import type { DepartmentRow, DutyRow } from './store.ts';

/** A row, or the code of a department that another row refers to. */
export type DepartmentRef = DepartmentRow | { readonly code: string };

export interface Mappers {
  readonly Department: DepartmentRef;
  readonly Duty: DutyRow;
}
