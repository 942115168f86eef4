/** Random operations that are valid for a schema: fields, arguments, aliases, fragments, conditions and variables. */
import fc, { type GeneratorValue } from 'fast-check';
import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLNamedInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
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
import type { Question } from './reference-engine.ts';

export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly depthMax: number;
  /** Ids that fields with an `id` argument are asked for. */
  readonly ids: readonly string[];
  /** True: an alias may be the name of another field, and a condition may leave nothing of an object. */
  readonly isWild: boolean;
  readonly hasConditions: boolean;
  /** Names of fields that are not asked for. */
  readonly without: readonly string[];
}

/** What is written so far besides the selections. */
interface Draft {
  readonly options: OperationOptions;
  readonly choose: (count: number) => number;
  readonly variables: { name: string; type: string; fallback: string | undefined; value: unknown }[];
  readonly fragments: string[];
  aliases: number;
}

export function writeOperation(generate: GeneratorValue, options: OperationOptions): Question {
  const choose = (count: number): number => generate(fc.nat, { max: count - 1 });
  const draft: Draft = { options, choose, variables: [], fragments: [], aliases: 0 };
  const selections = writeSelections(draft, options.schema.getQueryType()!, 0);
  const declared = draft.variables.map(
    ({ name, type, fallback }) => `$${name}: ${type}${fallback ? ` = ${fallback}` : ''}`,
  );
  const head = declared.length > 0 ? `query(${declared.join(', ')})` : 'query';
  const given = draft.variables.filter(({ value }) => value !== undefined);
  return {
    query: [`${head} ${selections}`, ...draft.fragments].join('\n'),
    variables: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  };
}

function writeSelections(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const count = 1 + draft.choose(depth === 0 ? 3 : 4);
  const written = Array.from({ length: count }, () => writeSelection(draft, type, depth));
  return `{ ${draft.options.isWild || isUnionType(type) ? '' : writeField(draft, type, depth, false)} ${written.join(' ')} }`;
}

function writeSelection(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const kind = draft.choose(isUnionType(type) ? 3 : isAbstractType(type) ? 5 : 8);
  if (kind > 2) return writeField(draft, type, depth);
  if (kind === 0) return depth === 0 || draft.choose(2) ? writeFragment(draft, type, depth) : '__typename';
  return writeFragment(draft, type, depth);
}

function writeFragment(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const { schema } = draft.options;
  const inside = isAbstractType(type) ? [...schema.getPossibleTypes(type), type] : [type];
  const on = inside[draft.choose(inside.length)]!;
  if (draft.choose(3) === 0) {
    const name = `F${draft.fragments.length}`;
    const at = draft.fragments.push('') - 1;
    draft.fragments[at] = `fragment ${name} on ${on.name} ${writeInside(draft, on, depth)}`;
    return `...${name}${writeCondition(draft)}`;
  }
  return `... on ${on.name}${writeCondition(draft)} ${writeInside(draft, on, depth)}`;
}

/** Fragments end sooner than fields do, since they do not count as depth. */
function writeInside(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  if (isUnionType(type)) return '{ __typename }';
  const count = 1 + draft.choose(2);
  return `{ ${Array.from({ length: count }, () => writeField(draft, type, depth)).join(' ')} }`;
}

function writeField(draft: Draft, type: GraphQLCompositeType, depth: number, isConditional = true): string {
  const { depthMax, without } = draft.options;
  if (isUnionType(type)) return '__typename';
  const fields = Object.values(type.getFields());
  const usable = fields.filter(
    (field) => !without.includes(field.name) && (depth < depthMax || !isCompositeType(getNamedType(field.type))),
  );
  const field = usable[draft.choose(Math.max(1, usable.length))];
  if (!field) return '__typename';
  const args = writeArguments(draft, field);
  const alias = writeAlias(draft, type, field, args !== '');
  const named = getNamedType(field.type);
  const below = isCompositeType(named) ? ` ${writeSelections(draft, named, depth + 1)}` : '';
  return `${alias}${field.name}${args}${isConditional ? writeCondition(draft) : ''}${below}`;
}

/** Fields with arguments always have an alias of their own, so that no two of them conflict. */
function writeAlias(
  draft: Draft,
  type: GraphQLObjectType | GraphQLInterfaceType,
  field: GraphQLField<unknown, unknown>,
  hasArguments: boolean,
): string {
  const { isWild, schema } = draft.options;
  if (isWild && draft.choose(4) === 0) {
    const names = Object.keys(type.getFields());
    return `${names[draft.choose(names.length)]}: `;
  }
  if (!hasArguments && !isAmbiguous(field, schema) && draft.choose(4) > 0) return '';
  return `a${draft.aliases++}: `;
}

/** Fields of the same name but another type elsewhere conflict where both may be met. */
function isAmbiguous({ name, type }: GraphQLField<unknown, unknown>, schema: GraphQLSchema): boolean {
  return Object.values(schema.getTypeMap()).some((other) => {
    const field = isObjectType(other) ? other.getFields()[name] : undefined;
    return field !== undefined && String(field.type) !== String(type);
  });
}

function writeArguments(draft: Draft, field: GraphQLField<unknown, unknown>): string {
  const given = field.args.filter(
    (arg) => (isNonNullType(arg.type) && arg.defaultValue === undefined) || draft.choose(2) > 0,
  );
  if (given.length === 0) return '';
  return `(${given.map((arg) => `${arg.name}: ${writeValue(draft, arg)}`).join(', ')})`;
}

function writeValue(draft: Draft, { name, type }: GraphQLArgument): string {
  const value = chooseValue(draft, name, type);
  if (draft.choose(2) === 0) return print(astFromValue(value, type)!);
  return addVariable(draft, type, value);
}

/** Given, defaulted, or both. */
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
  const named = nullable as GraphQLNamedInputType;
  if (isEnumType(named)) return named.getValues()[draft.choose(named.getValues().length)]!.name;
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields()).filter((field) => isNonNullType(field.type) || draft.choose(2) > 0);
    return Object.fromEntries(fields.map((field) => [field.name, chooseValue(draft, field.name, field.type)]));
  }
  switch (named.name) {
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
