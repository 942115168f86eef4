/** Supergraph → the servers of each subgraph, and the rules by which its fields are routed and gathered. */
import { applicationsOf, type JurisdictionForm, parseAddress } from '@yiwang/schema';
import { dataClassOf } from '@yiwang/schema/sdl';
import {
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { isHttpUrl } from '../model/platform/network.ts';
import type {
  GatherKind,
  GatherRule,
  JurisdictionKey,
  JurisdictionRule,
  SubgraphLocation,
  SupergraphRules,
} from '../model/supergraph/supergraph-rules.ts';
import { readDimensionKeys } from './dimension-keys.ts';
import { parseFieldSet } from './field-sets.ts';

/** The class that the public sees. Composition gives every field a class; a supergraph without classes has no public. */
const OPEN = 'OPEN';

/** Throws an `Error` for addresses that cannot be used, and for a field set that is none. */
export function readSupergraphRules(supergraph: DocumentNode): SupergraphRules {
  const names = readGraphNames(supergraph);
  const gathers = new Map<string, GatherRule>();
  const jointSubgraphs = new Map<string, readonly string[]>();
  const jurisdictions = new Map<string, JurisdictionRule>();
  const jurisdictionKeys = new Map<string, JurisdictionKey>();
  const closedFields = new Set<string>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      const gather = readGatherRule(field);
      if ((dataClassOf(field) ?? OPEN) !== OPEN) closedFields.add(coordinate);
      if (gather) gathers.set(coordinate, gather);
      const graphs = applicationsOf(field, 'join__field').map(({ graph }) => names.get(String(graph)) ?? String(graph));
      if (gather && type.name.value === 'Query' && graphs.length > 1) jointSubgraphs.set(field.name.value, graphs);
      const jurisdiction = readJurisdictionRule(field);
      if (jurisdiction) jurisdictions.set(coordinate, jurisdiction);
      const form = readJurisdiction(field);
      if (form) jurisdictionKeys.set(type.name.value, { field: field.name.value, form, isPublic: isPublic(type) });
    }
  }
  return {
    locations: readLocations(supergraph),
    gather: (type, field) => gathers.get(`${type}.${field}`),
    jointSubgraphs: (field) => jointSubgraphs.get(field),
    jurisdiction: (type, field) => jurisdictions.get(`${type}.${field}`),
    isOpen: (type, field) => !closedFields.has(`${type}.${field}`),
    dimensionKeys: readDimensionKeys(supergraph),
    jurisdictionKey: (type) => jurisdictionKeys.get(type),
  };
}

/** The subgraph of each value of `join__Graph`. */
function readGraphNames(supergraph: DocumentNode): ReadonlyMap<string, string> {
  return new Map(
    graphValuesOf(supergraph).map((value) => {
      const { name = value.name.value } = applicationsOf(value, 'join__graph')[0] ?? {};
      return [value.name.value, String(name)];
    }),
  );
}

function graphValuesOf({ definitions }: DocumentNode): readonly EnumValueDefinitionNode[] {
  const graphs = definitions.find(
    (node): node is EnumTypeDefinitionNode =>
      node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph',
  );
  return graphs?.values ?? [];
}

/** Throws an `Error` that lists all subgraphs without a usable address, one to a line. */
function readLocations(supergraph: DocumentNode): Map<string, SubgraphLocation> {
  const locations = new Map<string, SubgraphLocation>();
  const faults: string[] = [];
  for (const value of graphValuesOf(supergraph)) {
    const { name = value.name.value, url } = applicationsOf(value, 'join__graph')[0] ?? {};
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
  const [args] = applicationsOf(field, 'gather');
  if (!args) return undefined;
  return {
    by: args.by as GatherKind,
    key: typeof args.key === 'string' ? parseFieldSet(args.key) : undefined,
    of: Array.isArray(args.of) ? args.of.map(String) : [],
    small: typeof args.small === 'string' ? args.small.split('.') : undefined,
    unit: typeof args.unit === 'number' ? args.unit : 1,
  };
}

/** A list names several divisions in place of the one that the other argument names. */
function readJurisdictionRule({ arguments: args = [] }: FieldDefinitionNode): JurisdictionRule | undefined {
  const marked = args.filter((argument) => readJurisdiction(argument));
  const list = marked.find(({ type }) => type.kind === Kind.LIST_TYPE);
  const single = marked.find((argument) => argument !== list);
  const form = single && readJurisdiction(single);
  return form && { argument: single.name.value, form, listArgument: list?.name.value };
}

function readJurisdiction(node: FieldDefinitionNode | InputValueDefinitionNode): JurisdictionForm | undefined {
  const [args] = applicationsOf(node, 'jurisdiction');
  return args && ((args.by ?? 'WITHIN') as JurisdictionForm);
}

function isPublic(type: ObjectTypeDefinitionNode): boolean {
  return applicationsOf(type, 'partitioned')[0]?.public === true;
}
