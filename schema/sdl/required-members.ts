/** The members that a merge over several platforms needs. A gateway asks for them even if the client did not. */
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { argumentOf, directiveOf } from './applied-directives.ts';

type ObjectTypes = ReadonlyMap<string, ObjectTypeDefinitionNode>;

/** Coordinates of fields and arguments: keys of entities, and what the `@gather` of each field reads. */
export function requiredMembers(standard: DocumentNode): ReadonlySet<string> {
  const types: ObjectTypes = new Map(
    standard.definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const members = new Set<string>();
  for (const type of types.values()) {
    const key = argumentOf(directiveOf(type, 'key'), 'fields');
    if (typeof key === 'string') addFieldSet(members, types, type.name.value, key);
    for (const field of type.fields ?? []) addGathered(members, types, type.name.value, field);
  }
  return members;
}

function addGathered(members: Set<string>, types: ObjectTypes, type: string, field: FieldDefinitionNode): void {
  const gather = directiveOf(field, 'gather');
  const target = nameOfType(field.type);
  const [key, small] = [argumentOf(gather, 'key'), argumentOf(gather, 'small')];
  if (typeof key === 'string') addFieldSet(members, types, target, key);
  if (typeof small === 'string') addFieldSet(members, types, target, nestedFields(small));
  switch (argumentOf(gather, 'by')) {
    case 'PAGE':
      addFieldSet(members, types, target, 'edges { cursor node } pageInfo { hasNextPage endCursor }');
      for (const argument of ['first', 'after']) members.add(`${type}.${field.name.value}(${argument}:)`);
      break;
    case 'RATE':
      addFieldSet(members, types, target, 'numerator denominator');
      break;
    case 'QUADRANT':
    case 'RANK':
      for (const sibling of listOf(argumentOf(gather, 'of')))
        addFieldSet(members, types, type, nestedFields(String(sibling)));
      break;
  }
}

/** `fields` in the syntax of `@key`: `id`, `key { division { code } }`. */
function addFieldSet(members: Set<string>, types: ObjectTypes, type: string, fields: string): void {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind === Kind.OPERATION_DEFINITION) addSelections(members, types, type, operation.selectionSet);
}

function addSelections(members: Set<string>, types: ObjectTypes, type: string, set: SelectionSetNode): void {
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD) continue;
    const name = selection.name.value;
    members.add(`${type}.${name}`);
    const field = types.get(type)?.fields?.find((candidate) => candidate.name.value === name);
    if (field && selection.selectionSet) addSelections(members, types, nameOfType(field.type), selection.selectionSet);
  }
}

/** `counts.reported` → `counts { reported }` */
function nestedFields(path: string): string {
  return path.split('.').reduceRight((inner, name) => `${name} { ${inner} }`);
}

function nameOfType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOfType(type.type);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
