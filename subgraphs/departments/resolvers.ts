/** Fields of departments → loaders. */
import type { ModuleResolvers, Resolver } from './generated/schema.ts';
import type { DepartmentsContext, DepartmentsLoaders } from './loaders.ts';
import type { DepartmentRef } from './mappers.ts';
import { type DepartmentRow, type DutyKind, type DutyRow, listDepartments, listDuties } from './store.ts';

type Field<Value> = Resolver<Value, DepartmentRef, DepartmentsContext>;
type EntityRef = { readonly code: string };

export const resolvers: ModuleResolvers = {
  Query: {
    departments: (_, { within }, { db }) => listDepartments(db, within),
    department: (_, { code }, { loaders }) => loaders.department.load(code),
    responsibilities: (_, { within, department }, { db }) =>
      listDuties(db, { within, department, kind: 'RESPONSIBILITY' }),
  },
  Department: {
    __resolveReference: ({ code }, _, { loaders }) => loaders.department.load(code),
    name: column(({ name }) => name),
    division: column(({ division }) => toEntityRef(division)),
    serves: column(({ serves }) => serves.map(toEntityRef)),
    tier: column(({ tier }) => tier),
    validFrom: column(({ validFrom }) => validFrom),
    validTo: column(({ validTo }) => validTo),
    tasks: duties('TASK'),
    responsibilities: duties('RESPONSIBILITY'),
    powers: duties('POWER'),
  },
  Duty: { category: ({ category }) => toEntityRefOrNull(category) },
};

/** A department that is not this platform's has no value, which GraphQL refuses for non-null fields. */
function column<Value>(read: (row: DepartmentRow) => Value): Field<Value> {
  return async (department, _, { loaders }) => {
    const row = await rowOf(department, loaders);
    const value = row ? read(row) : undefined;
    return value!;
  };
}

function duties(kind: DutyKind): Field<readonly DutyRow[]> {
  return async ({ code }, _, { loaders }) => (await loaders.duties.load(code)).filter((duty) => duty.kind === kind);
}

async function rowOf(department: DepartmentRef, loaders: DepartmentsLoaders): Promise<DepartmentRow | null> {
  return 'name' in department ? department : loaders.department.load(department.code);
}

function toEntityRef(code: string): EntityRef {
  return { code };
}

function toEntityRefOrNull(code: string | null): EntityRef | null {
  return code === null ? null : { code };
}
