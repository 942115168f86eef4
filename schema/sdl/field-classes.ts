/**
 * Data classes in a module's schema: who may ask for a field, and who may use an argument, an input field or an enum
 * value.
 */
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
} from 'graphql';
import { argumentOf, type DirectedNode, directiveOf } from './applied-directives.ts';

/** The class of a field or input field that names none. */
export const DEFAULT_DATA_CLASS = 'INTERNAL';

/** The class that a definition names; undefined if it names none. */
export function dataClassOf(node: DirectedNode): string | undefined {
  const dataClass = argumentOf(directiveOf(node, 'classified'), 'as');
  return typeof dataClass === 'string' ? dataClass : undefined;
}

/**
 * Moves the class of a type to its fields that name none, so that every field names its own. An argument without a
 * class is as open as its field, an enum value without one as open as the fields of its type. Throws an `Error` for a
 * field without a class.
 */
export function classifyFields(node: DefinitionNode): DefinitionNode {
  if (node.kind === Kind.OBJECT_TYPE_DEFINITION) {
    const { directives, fields } = withOwnClasses<FieldDefinitionNode>(node);
    return { ...node, directives, fields };
  }
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    const { directives, fields } = withOwnClasses<InputValueDefinitionNode>(node);
    return { ...node, directives, fields };
  }
  return node;
}

/**
 * The classes of a document by coordinate: `Case.status`, `Query.cases(filter:)`, `CaseFilter.text`,
 * `RequestKind.REPORT`.
 */
export function dataClassesIn({ definitions }: DocumentNode): ReadonlyMap<string, string> {
  const classes = new Map<string, string>();
  const add = (coordinate: string, node: DirectedNode): void => {
    const dataClass = dataClassOf(node);
    if (dataClass !== undefined) classes.set(coordinate, dataClass);
  };
  for (const definition of definitions.map(classifyFields)) {
    const type = 'name' in definition ? definition.name?.value : undefined;
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) {
        add(`${type}.${field.name.value}`, field);
        for (const argument of field.arguments ?? []) {
          add(`${type}.${field.name.value}(${argument.name.value}:)`, argument);
        }
      }
    }
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) add(`${type}.${field.name.value}`, field);
    }
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
      for (const value of definition.values ?? []) add(`${type}.${value.name.value}`, value);
    }
  }
  return classes;
}

interface TypeWithFields<Field> extends DirectedNode {
  readonly name: { readonly value: string };
  readonly fields?: readonly Field[] | undefined;
}

function withOwnClasses<Field extends DirectedNode & { readonly name: { readonly value: string } }>(
  node: TypeWithFields<Field>,
) {
  const typeDirective = directiveOf(node, 'classified');
  return {
    directives: (node.directives ?? []).filter((applied) => applied !== typeDirective),
    fields: (node.fields ?? []).map((field): Field => {
      if (directiveOf(field, 'classified')) return field;
      if (!typeDirective)
        throw new Error(`${node.name.value}.${field.name.value} has no data class: add @classified(as:)`);
      return { ...field, directives: [...(field.directives ?? []), typeDirective] };
    }),
  };
}
