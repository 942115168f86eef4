/**
 * Keeps an operation within the data classes of its passport: other fields, arguments, input fields and enum values
 * are refused as unknown. The gateway's views do the same earlier; this check protects a platform that is asked
 * directly.
 */
import { type DataClass, dataClassRules } from '@yiwang/schema';
import { DEFAULT_DATA_CLASS, dataClassesIn } from '@yiwang/schema/sdl';
import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isObjectType,
  isScalarType,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { PlatformError } from '../errors.ts';

export interface DataClassCheck {
  /** Throws `PlatformError` for a use outside of the classes. `document` must be validated. */
  check(operation: Operation, classes: readonly DataClass[]): void;
}

interface Operation {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A use of a field, argument, input field or enum value: its class, and the message of the refusal. */
interface ClassifiedUse {
  readonly dataClass: string;
  readonly message: string;
}

interface DocumentUses {
  readonly all: readonly ClassifiedUse[];
  readonly variables: readonly { readonly name: string; readonly type: GraphQLInputType }[];
}

/** `documents` are those of the modules. The first class of a coordinate wins, as in the merged schema. */
export function createDataClassCheck(schema: GraphQLSchema, documents: readonly DocumentNode[]): DataClassCheck {
  const classes = new Map<string, string>();
  for (const [coordinate, dataClass] of documents.flatMap((document) => [...dataClassesIn(document)])) {
    if (!classes.has(coordinate)) classes.set(coordinate, dataClass);
  }
  // The server caches documents: each is visited once.
  const usesByDocument = new WeakMap<DocumentNode, DocumentUses>();
  return {
    check({ document, variables }, passportClasses) {
      const allowed: ReadonlySet<string> = new Set(passportClasses);
      if (dataClassRules.every((rule) => allowed.has(rule.class))) return;
      let uses = usesByDocument.get(document);
      if (!uses) {
        uses = collectUses(schema, document, classes);
        usesByDocument.set(document, uses);
      }
      for (const use of uses.all) assertAllowed(use, allowed);
      for (const { name, type } of uses.variables) {
        for (const use of collectValueUses(variables[name], type, classes)) assertAllowed(use, allowed);
      }
    },
  };
}

function assertAllowed({ dataClass, message }: ClassifiedUse, allowed: ReadonlySet<string>): void {
  if (!allowed.has(dataClass)) throw new PlatformError('GRAPHQL_VALIDATION_FAILED', message);
}

/** Names with a leading underscore belong to federation and introspection: they reach no row by themselves. */
function collectUses(
  schema: GraphQLSchema,
  document: DocumentNode,
  classes: ReadonlyMap<string, string>,
): DocumentUses {
  const all: ClassifiedUse[] = [];
  const variables: { name: string; type: GraphQLInputType }[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const type = types.getParentType();
        if (!isObjectType(type) || name.value.startsWith('_') || type.name.startsWith('_')) return;
        const dataClass = classes.get(`${type.name}.${name.value}`) ?? DEFAULT_DATA_CLASS;
        all.push({ dataClass, message: `Cannot query field "${name.value}" on type "${type.name}".` });
      },
      Argument: ({ name }) => {
        const [type, field] = [types.getParentType(), types.getFieldDef()];
        if (!type || !field) return;
        const dataClass = classes.get(`${type.name}.${field.name}(${name.value}:)`);
        if (dataClass === undefined) return;
        all.push({ dataClass, message: `Unknown argument "${name.value}" on field "${type.name}.${field.name}".` });
      },
      ObjectField: ({ name }) => {
        const type = getNamedType(types.getParentInputType());
        if (isInputObjectType(type)) all.push(inputFieldUse(type.name, name.value, classes));
      },
      EnumValue: ({ value }) => {
        const type = getNamedType(types.getInputType());
        if (isEnumType(type)) all.push(...enumValueUses(type.name, value, classes));
      },
      VariableDefinition: (node) => {
        const type = typeFromAST(schema, node.type);
        // A scalar has no parts that could be of a class.
        if (isInputType(type) && !isScalarType(getNamedType(type))) {
          variables.push({ name: node.variable.name.value, type });
        }
      },
    }),
  );
  return { all, variables };
}

/** The uses in the value of a variable, at any depth. */
function collectValueUses(
  value: unknown,
  type: GraphQLInputType,
  classes: ReadonlyMap<string, string>,
): ClassifiedUse[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => collectValueUses(item, type, classes));
  const namedType = getNamedType(type);
  if (isEnumType(namedType)) return enumValueUses(namedType.name, String(value), classes);
  if (!isInputObjectType(namedType) || typeof value !== 'object') return [];
  const fields = namedType.getFields();
  return Object.entries(value).flatMap(([name, inner]) => [
    inputFieldUse(namedType.name, name, classes),
    ...(fields[name] ? collectValueUses(inner, fields[name].type, classes) : []),
  ]);
}

function inputFieldUse(type: string, field: string, classes: ReadonlyMap<string, string>): ClassifiedUse {
  const dataClass = classes.get(`${type}.${field}`) ?? DEFAULT_DATA_CLASS;
  return { dataClass, message: `Field "${field}" is not defined by type "${type}".` };
}

function enumValueUses(type: string, value: string, classes: ReadonlyMap<string, string>): ClassifiedUse[] {
  const dataClass = classes.get(`${type}.${value}`);
  return dataClass === undefined ? [] : [{ dataClass, message: `Value "${value}" does not exist in "${type}" enum.` }];
}
