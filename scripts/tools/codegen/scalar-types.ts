/** The standard's scalars → the TypeScript types of their values. */
import { standardScalars } from '@yiwang/schema';
import { type DocumentNode, Kind } from 'graphql';

export interface ScalarType {
  readonly input: string;
  readonly output: string;
}

const NUMBERS: ReadonlySet<string> = new Set(['Longitude', 'Latitude']);

/** Types of the scalars that a document defines; `special` overrides some. Throws for a scalar that the standard lacks. */
export function scalarTypes(
  document: DocumentNode,
  special: Readonly<Record<string, ScalarType>> = {},
): Readonly<Record<string, ScalarType>> {
  const names = document.definitions.flatMap((node) =>
    node.kind === Kind.SCALAR_TYPE_DEFINITION ? [node.name.value] : [],
  );
  const unknown = names.filter((name) => !Object.hasOwn(standardScalars, name));
  if (unknown.length > 0) throw new Error(`The standard has no scalar ${unknown.join(', ')}`);
  return Object.fromEntries(
    ['ID', ...names].map((name) => {
      const type = NUMBERS.has(name) ? 'number' : 'string';
      return [name, special[name] ?? { input: type, output: type }];
    }),
  );
}
