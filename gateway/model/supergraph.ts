/** What the supergraph says besides its types: who serves each subgraph, and how its fields are routed and gathered. */
import { type JurisdictionForm, type Partition, parseAddress, type SubgraphAddress } from '@yiwang/schema';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { isHttpAddress } from './network.ts';

export type GatherKind =
  | 'OWNER'
  | 'CONCAT'
  | 'PAGE'
  | 'SUM'
  | 'MIN'
  | 'MAX'
  | 'RATE'
  | 'GROUP'
  | 'FIRST'
  | 'QUADRANT'
  | 'RANK';

export interface GatherRule {
  readonly by: GatherKind;
  /** The field set that tells rows apart (GROUP) or orders them (CONCAT). */
  readonly key: SelectionSetNode | undefined;
  /** The sibling counts that a QUADRANT or RANK is worked out from. */
  readonly of: readonly string[];
  /** Path of the count below which a group is withheld from the open audience. */
  readonly small: readonly string[] | undefined;
}

/** A subgraph's home: a plain address, or platforms that the directory finds. */
export type Home =
  | { readonly kind: 'address'; readonly url: string }
  | ({ readonly kind: 'directory' } & SubgraphAddress);

export interface EntityKey {
  readonly field: string;
  readonly form: JurisdictionForm;
  /** True when the rows are in everybody's reach. */
  readonly isPublic: boolean;
}

export interface SupergraphRules {
  readonly homes: ReadonlyMap<string, Home>;
  gather(type: string, field: string): GatherRule | undefined;
  /** The argument that names the division, with its form. */
  jurisdiction(type: string, field: string): { readonly argument: string; readonly form: JurisdictionForm } | undefined;
  /** The key field of an entity that its division is read from. */
  entityKey(type: string): EntityKey | undefined;
}

export type { Partition };

/** Throws where a directive's argument has an unknown value. */
export function readSupergraphRules(supergraph: DocumentNode): SupergraphRules {
  const gathers = new Map<string, GatherRule>();
  const jurisdictions = new Map<string, { argument: string; form: JurisdictionForm }>();
  const entityKeys = new Map<string, EntityKey>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      const gather = gatherOf(field);
      if (gather) gathers.set(coordinate, gather);
      for (const argument of field.arguments ?? []) {
        const form = jurisdictionOf(argument.directives);
        if (form) jurisdictions.set(coordinate, { argument: argument.name.value, form });
      }
      const form = jurisdictionOf(field.directives);
      if (form) entityKeys.set(type.name.value, { field: field.name.value, form, isPublic: isPublic(type) });
    }
  }
  return {
    homes: homesOf(supergraph),
    gather: (type, field) => gathers.get(`${type}.${field}`),
    jurisdiction: (type, field) => jurisdictions.get(`${type}.${field}`),
    entityKey: (type) => entityKeys.get(type),
  };
}

/** Throws an `Error` that lists every subgraph whose address is none, one to a line. */
function homesOf(supergraph: DocumentNode): Map<string, Home> {
  const graphs = supergraph.definitions.find(
    (node): node is EnumTypeDefinitionNode =>
      node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph',
  );
  const homes = new Map<string, Home>();
  const faults: string[] = [];
  for (const value of graphs?.values ?? []) {
    const { name = value.name.value, url } = argumentsOf(value.directives, 'join__graph') ?? {};
    const served = typeof url === 'string' ? parseAddress(url) : undefined;
    if (served) homes.set(String(name), { kind: 'directory', ...served });
    else if (isHttpAddress(url)) homes.set(String(name), { kind: 'address', url });
    else faults.push(`  subgraph "${String(name)}": ${url === undefined ? 'it has none' : JSON.stringify(url)}`);
  }
  if (faults.length === 0) return homes;
  const heading =
    'Subgraphs of the supergraph have no address that can be used; expected one such as https://host/graphql:';
  throw new Error([heading, ...faults].join('\n'));
}

function gatherOf(field: FieldDefinitionNode): GatherRule | undefined {
  const given = argumentsOf(field.directives, 'gather');
  if (!given) return undefined;
  return {
    by: given.by as GatherKind,
    key: typeof given.key === 'string' ? selectionSetOf(given.key) : undefined,
    of: Array.isArray(given.of) ? given.of.map(String) : [],
    small: typeof given.small === 'string' ? given.small.split('.') : undefined,
  };
}

function jurisdictionOf(directives: readonly ConstDirectiveNode[] | undefined): JurisdictionForm | undefined {
  const given = argumentsOf(directives, 'jurisdiction');
  return given && ((given.by ?? 'WITHIN') as JurisdictionForm);
}

function isPublic(type: ObjectTypeDefinitionNode): boolean {
  return argumentsOf(type.directives, 'partitioned')?.public === true;
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Record<string, unknown> | undefined {
  const applied = directives?.find((directive) => directive.name.value === name);
  if (!applied) return undefined;
  return Object.fromEntries((applied.arguments ?? []).map((arg) => [arg.name.value, valueFromASTUntyped(arg.value)]));
}

function selectionSetOf(fieldSet: string): SelectionSetNode {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`"${fieldSet}" is not a field set`);
  return definition.selectionSet;
}
