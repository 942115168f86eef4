/** Random operations for a schema, with arguments, aliases, fragments, conditions and variables. */
import fc, { type GeneratorValue } from 'fast-check';
import {
  astFromValue,
  doTypesOverlap,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLNamedInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  print,
} from 'graphql';
import type { RequestParams } from './reference-engine.ts';

export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly depthMax: number;
  /** Values for `id` arguments. */
  readonly ids: readonly string[];
  /** True: an alias may be the name of another field, and a condition may leave nothing of an object. */
  readonly isWild: boolean;
  readonly hasConditions: boolean;
  /** Names of fields that are left out. */
  readonly without: readonly string[];
  /**
   * True: fragments are on any type with or without a common object type, and nested; fields with arguments share
   * response keys. Such operations need not be valid. Default: false.
   */
  readonly isTangled?: boolean;
}

/** The parts of the operation besides its selections. */
interface Draft {
  readonly options: OperationOptions;
  readonly choose: (count: number) => number;
  readonly variables: { name: string; type: string; fallback: string | undefined; value: unknown }[];
  readonly fragments: string[];
  aliases: number;
}

export function generateOperation(generate: GeneratorValue, options: OperationOptions): RequestParams {
  const choose = (count: number): number => generate(fc.nat, { max: count - 1 });
  const draft: Draft = { options, choose, variables: [], fragments: [], aliases: 0 };
  const selections = writeSelections(draft, options.schema.getQueryType()!, 0);
  const declared = draft.variables.map(
    ({ name, type, fallback }) => `$${name}: ${type}${fallback ? ` = ${fallback}` : ''}`,
  );
  const head = declared.length > 0 ? `query(${declared.join(', ')})` : 'query';
  const provided = draft.variables.filter(({ value }) => value !== undefined);
  return {
    query: [`${head} ${selections}`, ...draft.fragments].join('\n'),
    variables: Object.fromEntries(provided.map(({ name, value }) => [name, value])),
  };
}

function writeSelections(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const count = 1 + draft.choose(depth === 0 ? 3 : 4);
  const selections = Array.from({ length: count }, () => writeSelection(draft, type, depth));
  return `{ ${draft.options.isWild || isUnionType(type) ? '' : writeField(draft, type, depth, false)} ${selections.join(' ')} }`;
}

function writeSelection(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  if (draft.options.isTangled && isAbstractType(type) && draft.choose(4) === 0) return writeTwins(draft, type, depth);
  const kind = draft.choose(isUnionType(type) ? 3 : isAbstractType(type) ? 5 : 8);
  if (kind > 2) return writeField(draft, type, depth);
  if (kind === 0) return depth === 0 || draft.choose(2) ? writeFragment(draft, type, depth) : '__typename';
  return writeFragment(draft, type, depth);
}

function writeFragment(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const { schema, isTangled } = draft.options;
  const inside = isAbstractType(type) ? [...schema.getPossibleTypes(type), type] : [type];
  const candidates = isTangled && draft.choose(3) > 0 ? overlapping(type, schema) : inside;
  const on = candidates[draft.choose(candidates.length)]!;
  if (draft.choose(3) === 0) {
    const name = `F${draft.fragments.length}`;
    const at = draft.fragments.push('') - 1;
    draft.fragments[at] = `fragment ${name} on ${on.name} ${writeInside(draft, on, depth)}`;
    return `...${name}${writeCondition(draft)}`;
  }
  return `... on ${on.name}${writeCondition(draft)} ${writeInside(draft, on, depth)}`;
}

/**
 * Two fragments on object types that lead to one type, and select a field of it under one key with different arguments.
 */
function writeTwins(draft: Draft, type: GraphQLInterfaceType | GraphQLUnionType, depth: number): string {
  const { schema } = draft.options;
  const possible = schema.getPossibleTypes(type);
  const fields = possible.flatMap((on) => Object.values(on.getFields()).map((field) => ({ on, field })));
  const first = fields[draft.choose(fields.length)]!;
  const below = getNamedType(first.field.type);
  const alike = fields.filter(({ on, field }) => on !== first.on && getNamedType(field.type) === below);
  const second = alike[draft.choose(Math.max(1, alike.length))];
  if (!second || !isCompositeType(below) || isUnionType(below)) return writeFragment(draft, type, depth);
  const inner = Object.values(below.getFields()).filter(({ args }) => args.length > 0);
  const shared = inner[draft.choose(Math.max(1, inner.length))];
  const write = ({ on, field }: typeof first): string => {
    if (!shared || isCompositeType(getNamedType(shared.type))) return writeFragment(draft, on, depth);
    const beside = draft.choose(2) === 0 ? writeField(draft, below, depth + 1) : '';
    return `... on ${on.name} { twin: ${field.name} { ${shared.name}${writeArguments(draft, shared)} ${beside} } }`;
  };
  return `${write(first)} ${write(second)}`;
}

/** All composite types that share an object type with the type. */
function overlapping(type: GraphQLCompositeType, schema: GraphQLSchema): GraphQLCompositeType[] {
  return Object.values(schema.getTypeMap())
    .filter(isCompositeType)
    .filter((other) => !other.name.startsWith('__') && doTypesOverlap(schema, type, other));
}

/** Fragments do not count as depth, so they end sooner than fields. */
function writeInside(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const count = 1 + draft.choose(2);
  const selections = Array.from({ length: count }, () => {
    if (draft.options.isTangled && draft.choose(3) === 0) return writeFragment(draft, type, depth);
    return isUnionType(type) ? '__typename' : writeField(draft, type, depth);
  });
  return `{ ${selections.join(' ')} }`;
}

function writeField(draft: Draft, type: GraphQLCompositeType, depth: number, isConditional = true): string {
  const { depthMax, without, isTangled = false } = draft.options;
  if (isUnionType(type)) return '__typename';
  const fields = Object.values(type.getFields());
  const usable = fields.filter(
    (field) => !without.includes(field.name) && (depth < depthMax || !isCompositeType(getNamedType(field.type))),
  );
  const withArguments = isTangled && draft.choose(3) === 0 ? usable.filter(({ args }) => args.length > 0) : [];
  const choices = withArguments.length > 0 ? withArguments : usable;
  const field = choices[draft.choose(Math.max(1, choices.length))];
  if (!field) return '__typename';
  const args = writeArguments(draft, field);
  const alias = writeAlias(draft, type, field, args !== '');
  const namedType = getNamedType(field.type);
  const below = isCompositeType(namedType) ? ` ${writeSelections(draft, namedType, depth + 1)}` : '';
  return `${alias}${field.name}${args}${isConditional ? writeCondition(draft) : ''}${below}`;
}

/** A field with arguments always has an alias of its own, so that no two conflict. */
function writeAlias(
  draft: Draft,
  type: GraphQLObjectType | GraphQLInterfaceType,
  field: GraphQLField<unknown, unknown>,
  hasArguments: boolean,
): string {
  const { isWild, isTangled, schema } = draft.options;
  if (isTangled && hasArguments && draft.choose(3) > 0) return draft.choose(2) ? '' : 'shared: ';
  if (isWild && draft.choose(4) === 0) {
    const names = Object.keys(type.getFields());
    return `${names[draft.choose(names.length)]}: `;
  }
  if (!hasArguments && !isAmbiguous(field, schema) && draft.choose(4) > 0) return '';
  return `a${draft.aliases++}: `;
}

/** Fields of one name and different types conflict if objects of both types may come. */
function isAmbiguous({ name, type }: GraphQLField<unknown, unknown>, schema: GraphQLSchema): boolean {
  return Object.values(schema.getTypeMap()).some((other) => {
    const field = isObjectType(other) ? other.getFields()[name] : undefined;
    return field !== undefined && String(field.type) !== String(type);
  });
}

function writeArguments(draft: Draft, field: GraphQLField<unknown, unknown>): string {
  const provided = field.args.filter(
    (arg) => (isNonNullType(arg.type) && arg.defaultValue === undefined) || draft.choose(2) > 0,
  );
  if (provided.length === 0) return '';
  return `(${provided.map((arg) => `${arg.name}: ${writeValue(draft, arg)}`).join(', ')})`;
}

function writeValue(draft: Draft, { name, type }: GraphQLArgument): string {
  const value = chooseValue(draft, name, type);
  if (draft.choose(2) === 0) return print(astFromValue(value, type)!);
  return addVariable(draft, type, value);
}

/** The variable has a value, a default, or both. */
function addVariable(draft: Draft, type: GraphQLInputType, value: unknown): string {
  const name = `v${draft.variables.length}`;
  const how = draft.choose(3);
  const literal = print(astFromValue(value, type)!);
  const declared = how === 0 ? String(type) : String(getNullableType(type));
  draft.variables.push({
    name,
    type: declared,
    fallback: how === 0 ? undefined : literal,
    value: how === 1 ? undefined : value,
  });
  return `$${name}`;
}

function chooseValue(draft: Draft, name: string, type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [chooseValue(draft, name, nullable.ofType)];
  const namedType = nullable as GraphQLNamedInputType;
  if (isEnumType(namedType)) return namedType.getValues()[draft.choose(namedType.getValues().length)]!.name;
  if (isInputObjectType(namedType)) {
    const fields = Object.values(namedType.getFields()).filter(
      (field) => isNonNullType(field.type) || draft.choose(2) > 0,
    );
    return Object.fromEntries(fields.map((field) => [field.name, chooseValue(draft, field.name, field.type)]));
  }
  switch (namedType.name) {
    case 'Int':
      return draft.choose(4);
    case 'Float':
      return draft.choose(4) / 2;
    case 'Boolean':
      return draft.choose(2) === 1;
    case 'ID':
      return draft.options.ids[draft.choose(draft.options.ids.length)];
    default:
      return `${name} ${draft.choose(3)}`;
  }
}

function writeCondition(draft: Draft): string {
  if (!draft.options.hasConditions || draft.choose(5) > 0) return '';
  const directive = draft.choose(2) ? '@include' : '@skip';
  const value = draft.choose(2) === 1;
  if (draft.choose(3) === 0) return ` ${directive}(if: ${value})`;
  const name = `v${draft.variables.length}`;
  const how = draft.choose(2);
  draft.variables.push({
    name,
    type: how ? 'Boolean' : 'Boolean!',
    fallback: how ? String(value) : undefined,
    value: how ? undefined : value,
  });
  return ` ${directive}(if: $${name})`;
}
