/** Operation → the fields that it reads, by data class, for the record. */
import {
  type DocumentNode,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Sorted coordinates (`Case.status`) by data class. */
export type FieldsByClass = Readonly<Record<string, readonly string[]>>;

export function fieldsByClass(
  schema: GraphQLSchema,
  document: DocumentNode,
  classOf: (type: string, field: string) => string,
): FieldsByClass {
  const fields = new Map<string, Set<string>>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => {
        const type = types.getParentType();
        const name = node.name.value;
        if ((!isObjectType(type) && !isInterfaceType(type)) || type.getFields()[name] === undefined) return;
        const dataClass = classOf(type.name, name);
        const classFields = fields.get(dataClass) ?? new Set();
        fields.set(dataClass, classFields.add(`${type.name}.${name}`));
      },
    }),
  );
  return Object.fromEntries([...fields].sort().map(([name, coordinates]) => [name, [...coordinates].sort()]));
}
