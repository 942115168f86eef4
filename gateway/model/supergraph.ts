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
import { isHttpUrl } from './network.ts';

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
export type SubgraphLocation =
  | { readonly kind: 'address'; readonly url: string }
  | ({ readonly kind: 'directory' } & SubgraphAddress);

export interface JurisdictionKey {
  readonly field: string;
  readonly form: JurisdictionForm;
  /** True when the rows are in everybody's reach. */
  readonly isPublic: boolean;
}

export interface SupergraphRules {
  readonly locations: ReadonlyMap<string, SubgraphLocation>;
  gather(type: string, field: string): GatherRule | undefined;
  /** The argument that names the division, with its form. */
  jurisdiction(type: string, field: string): { readonly argument: string; readonly form: JurisdictionForm } | undefined;
  /** The key field of an entity that its division is read from. */
  jurisdictionKey(type: string): JurisdictionKey | undefined;
}

export type { Partition };

/** Throws where a directive's argument has an unknown value. */
export function readSupergraphRules(supergraph: DocumentNode): SupergraphRules {
  const gathers = new Map<string, GatherRule>();
  const jurisdictions = new Map<string, { argument: string; form: JurisdictionForm }>();
  const jurisdictionKeys = new Map<string, JurisdictionKey>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      const gather = readGatherRule(field);
      if (gather) gathers.set(coordinate, gather);
      for (const argument of field.arguments ?? []) {
        const form = readJurisdiction(argument.directives);
        if (form) jurisdictions.set(coordinate, { argument: argument.name.value, form });
      }
      const form = readJurisdiction(field.directives);
      if (form) jurisdictionKeys.set(type.name.value, { field: field.name.value, form, isPublic: isPublic(type) });
    }
  }
  return {
    locations: readLocations(supergraph),
    gather: (type, field) => gathers.get(`${type}.${field}`),
    jurisdiction: (type, field) => jurisdictions.get(`${type}.${field}`),
    jurisdictionKey: (type) => jurisdictionKeys.get(type),
  };
}

/** Throws an `Error` that lists every subgraph whose address is none, one to a line. */
function readLocations(supergraph: DocumentNode): Map<string, SubgraphLocation> {
  const graphs = supergraph.definitions.find(
    (node): node is EnumTypeDefinitionNode =>
      node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph',
  );
  const locations = new Map<string, SubgraphLocation>();
  const faults: string[] = [];
  for (const value of graphs?.values ?? []) {
    const { name = value.name.value, url } = directiveArguments(value.directives, 'join__graph') ?? {};
    const address = typeof url === 'string' ? parseAddress(url) : undefined;
    if (address) locations.set(String(name), { kind: 'directory', ...address });
    else if (isHttpUrl(url)) locations.set(String(name), { kind: 'address', url });
    else faults.push(`  subgraph "${String(name)}": ${url === undefined ? 'it has none' : JSON.stringify(url)}`);
  }
  if (faults.length === 0) return locations;
  const heading =
    'Subgraphs of the supergraph have no address that can be used; expected one such as https://host/graphql:';
  throw new Error([heading, ...faults].join('\n'));
}

function readGatherRule(field: FieldDefinitionNode): GatherRule | undefined {
  const args = directiveArguments(field.directives, 'gather');
  if (!args) return undefined;
  return {
    by: args.by as GatherKind,
    key: typeof args.key === 'string' ? parseFieldSet(args.key) : undefined,
    of: Array.isArray(args.of) ? args.of.map(String) : [],
    small: typeof args.small === 'string' ? args.small.split('.') : undefined,
  };
}

function readJurisdiction(directives: readonly ConstDirectiveNode[] | undefined): JurisdictionForm | undefined {
  const args = directiveArguments(directives, 'jurisdiction');
  return args && ((args.by ?? 'WITHIN') as JurisdictionForm);
}

function isPublic(type: ObjectTypeDefinitionNode): boolean {
  return directiveArguments(type.directives, 'partitioned')?.public === true;
}

function directiveArguments(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Record<string, unknown> | undefined {
  const applied = directives?.find((directive) => directive.name.value === name);
  if (!applied) return undefined;
  return Object.fromEntries((applied.arguments ?? []).map((arg) => [arg.name.value, valueFromASTUntyped(arg.value)]));
}

function parseFieldSet(fieldSet: string): SelectionSetNode {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`"${fieldSet}" is not a field set`);
  return definition.selectionSet;
}
