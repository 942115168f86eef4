/** Operation → the coordinates that it uses, for the registry: fields, arguments, input fields and values of enums. */
import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** What a text uses, whatever its variables are. */
export interface UsedCoordinates {
  /** Sorted: `Case.status`, `Query.cases(within:)`, `CaseFilter.status`, `CaseStatus.FILED`. No values. */
  readonly coordinates: readonly string[];
  /** Variables in whose values input fields or values of enums may stand. */
  readonly variables: readonly { readonly name: string; readonly type: GraphQLInputType }[];
}

export function findUsedCoordinates(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): UsedCoordinates {
  const coordinates = new Set<string>();
  const types = new TypeInfo(schema);
  const field = (): string => `${types.getParentType()?.name}.${types.getFieldDef()?.name}`;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const type = types.getParentType();
        if (name.value.startsWith('__')) return;
        if ((isObjectType(type) || isInterfaceType(type)) && types.getFieldDef()) coordinates.add(field());
      },
      Argument: ({ name }) => {
        if (types.getArgument() && !types.getDirective()) coordinates.add(`${field()}(${name.value}:)`);
      },
      ObjectField: ({ name }) => {
        const parent = getNamedType(types.getParentInputType());
        if (isInputObjectType(parent)) coordinates.add(`${parent.name}.${name.value}`);
      },
      EnumValue: ({ value }) => {
        const type = getNamedType(types.getInputType());
        if (isEnumType(type)) coordinates.add(`${type.name}.${value}`);
      },
    }),
  );
  const variables = (operation.variableDefinitions ?? []).flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node as Parameters<typeof typeFromAST>[1]) as GraphQLInputType | undefined;
    const named = getNamedType(type);
    return type && (isInputObjectType(named) || isEnumType(named)) ? [{ name: variable.name.value, type }] : [];
  });
  return { coordinates: [...coordinates].sort(), variables };
}

/** Calls `use` for each input field and each value of an enum in the variables, as often as it stands there. */
export function forEachUsedInVariables(
  { variables }: UsedCoordinates,
  values: Readonly<Record<string, unknown>>,
  use: (coordinate: string) => void,
): void {
  for (const { name, type } of variables) forEachUsedInValue(getNamedType(type), values[name], use);
}

function forEachUsedInValue(type: GraphQLInputType, value: unknown, use: (coordinate: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) forEachUsedInValue(type, item, use);
  } else if (isEnumType(type)) {
    if (typeof value === 'string') use(`${type.name}.${value}`);
  } else if (isInputObjectType(type) && typeof value === 'object' && value !== null) {
    const fields = type.getFields();
    for (const [name, inner] of Object.entries(value)) {
      const field = fields[name];
      if (!field) continue;
      use(`${type.name}.${name}`);
      forEachUsedInValue(getNamedType(field.type), inner, use);
    }
  }
}
