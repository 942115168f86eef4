/** Codes → one batch of departments, or of their duties, within one request. */
import { type Context, createBatchLoader, createGroupLoader } from '@yiwang/platform';
import type DataLoader from 'dataloader';
import { type DepartmentRow, type DutyRow, readDepartments, readDuties } from './store.ts';

export interface DepartmentsLoaders {
  readonly department: DataLoader<string, DepartmentRow | null>;
  readonly duties: DataLoader<string, readonly DutyRow[]>;
}

export type DepartmentsContext = Context<DepartmentsLoaders>;

export function createDepartmentsLoaders({ db }: Omit<Context, 'loaders'>): DepartmentsLoaders {
  return {
    department: createBatchLoader(
      (codes: readonly string[]) => readDepartments(db, codes),
      (row) => row.code,
    ),
    duties: createGroupLoader(
      (codes: readonly string[]) => readDuties(db, codes),
      (row) => row.department,
    ),
  };
}
