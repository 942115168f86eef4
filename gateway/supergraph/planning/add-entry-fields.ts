/**
 * Supergraph → the same supergraph with query fields for union members. Each member gets one that has a key, and that
 * some subgraphs have in the union and others have not. Planners leave such members out if several subgraphs share the
 * object around them; the other half of this repair, `plan/repair/union-members/`, plans them from these fields.
 */
import { applicationsOf } from '@yiwang/schema';
import { type DocumentNode, type FieldDefinitionNode, Kind, parse } from 'graphql';

export interface EntryFields {
  readonly supergraph: DocumentNode;
  /** The query field that returns an object of a member from a graph, by `GRAPH Member`. */
  readonly fields: ReadonlyMap<string, string>;
}

export function addEntryFields(supergraph: DocumentNode): EntryFields {
  const fields = new Map<string, string>();
  const resolvableTypes = new Set<string>();
  for (const node of supergraph.definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { graph, key, resolvable } of applicationsOf(node, 'join__type')) {
      if (key !== undefined && resolvable !== false) resolvableTypes.add(`${String(graph)} ${node.name.value}`);
    }
  }
  for (const node of supergraph.definitions) {
    if (node.kind !== Kind.UNION_TYPE_DEFINITION) continue;
    const members = applicationsOf(node, 'join__unionMember');
    const graphs = new Set(applicationsOf(node, 'join__type').map(({ graph }) => graph));
    for (const { graph, member } of members) {
      const isEverywhere = members.filter((one) => one.member === member).length === graphs.size;
      const key = `${String(graph)} ${String(member)}`;
      if (!isEverywhere && resolvableTypes.has(key)) fields.set(key, `enter_${key.replace(' ', '_')}`);
    }
  }
  const root = fields.size === 0 ? undefined : queryTypeOf(supergraph);
  if (root === undefined) return { supergraph, fields: new Map() };
  const entryFields = [...fields].map(([key, name]) => createEntryField(key.split(' ') as [string, string], name));
  const definitions = supergraph.definitions.map((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === root
      ? { ...node, fields: [...(node.fields ?? []), ...entryFields] }
      : node,
  );
  return { supergraph: { ...supergraph, definitions }, fields };
}

function createEntryField([graph, member]: readonly [string, string], name: string): FieldDefinitionNode {
  const [type] = parse(`type T { ${name}: ${member} @join__field(graph: ${graph}) }`, { noLocation: true }).definitions;
  if (type?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error(`${name} is no field`);
  return type.fields![0]!;
}

function queryTypeOf(supergraph: DocumentNode): string | undefined {
  for (const node of supergraph.definitions) {
    if (node.kind !== Kind.SCHEMA_DEFINITION) continue;
    return node.operationTypes.find(({ operation }) => operation === 'query')?.type.name.value;
  }
  return undefined;
}
