/** Field and its gather rule → the program by which platforms are asked for it and their values are merged. */
import { isCalendarPeriod, parsePeriod } from '@yiwang/schema/time';
import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
} from 'graphql';
import { responseKeyOf } from '../kit/graphql/selections.ts';
import { PublicError } from '../model/errors.ts';
import {
  type Contribution,
  createMergeResult,
  type FieldProgram,
  HIDDEN_PREFIX,
  type HiddenVariable,
} from '../model/gather.ts';
import type { GatherRule, SupergraphRules } from '../model/supergraph/supergraph-rules.ts';
import { createSelectionSet, flattenFields, hasArgument, withVariable } from './field-nodes.ts';
import { compileGroup } from './groups/compile-group.ts';
import { compileRate } from './groups/compile-item.ts';
import {
  compareKeys,
  expectList,
  expectObject,
  firstNonNull,
  maximum,
  minimum,
  NonconformingError,
  sum,
} from './merge-values.ts';
import { assertRowInRegion, withDivision } from './owned-row.ts';
import { compilePage } from './pages/compile-page.ts';
import { compileRowKey } from './row-key.ts';

/** `number` makes the hidden variables of one operation distinct. Throws if the type does not have the field. */
export function compileGather(
  node: FieldNode,
  parent: GraphQLObjectType,
  rules: SupergraphRules,
  number: number,
): FieldProgram {
  const definition = parent.getFields()[node.name.value];
  if (!definition) throw new Error(`${parent.name} has no field "${node.name.value}"`);
  const rule = rules.gather(parent.name, node.name.value) ?? DEFAULT_RULE;
  const jurisdiction = rules.jurisdiction(parent.name, node.name.value);
  const bare = compileRule(node, rule, definition, rules);
  const compiled = jurisdiction?.form === 'CITY_ID' ? checkDivision(bare) : bare;
  const size = compiled.refill && findSizeArgument(parent, definition);
  const refill = size && compiled.refill;
  const hidden = createHiddenVariables(node, jurisdiction, number, size);
  const periods = definition.args.flatMap(({ name, type }) => (getNamedType(type).name === 'Period' ? [name] : []));
  const withHiddenVariables = (field: FieldNode) =>
    hidden.reduce((inner, { argument, name }) => withVariable(inner, argument, name), field);
  return {
    responseKey: responseKeyOf(node),
    by: rule.by,
    definition,
    clientNode: node,
    node: withHiddenVariables(compiled.node),
    hidden,
    check: (args, isPublic) => {
      if (isPublic && compiled.withholds) for (const name of periods) checkCalendarPeriod(name, args[name]);
      compiled.check?.(args, isPublic);
    },
    merge: compiled.merge,
    originsOf: compiled.originsOf,
    emptyValue: compiled.emptyValue,
    refusedValue: compiled.refusedValue ?? compiled.emptyValue,
    mayTruncateBelow: compiled.mayTruncateBelow ?? false,
    withholds: compiled.withholds ?? false,
    needsAll: rule.by === 'TOTAL',
    refill: refill && { ...refill, node: withHiddenVariables(refill.node) },
  };
}

/**
 * Arbitrary periods would disclose small counts: two periods that differ by one day reveal the count of that day, and
 * overlapping periods, although rounded, reveal the counts of their months.
 */
function checkCalendarPeriod(argument: string, value: unknown): void {
  if (value === null || value === undefined || isCalendarPeriod(parsePeriod(String(value)))) return;
  const expected = 'open statistics are of one month, one quarter or one year: expected 2026, 2026Q3 or 2026-10';
  throw new PublicError('BAD_USER_INPUT', `"${argument}" is ${value}; ${expected}`);
}

const DEFAULT_RULE: GatherRule = { by: 'OWNER', key: undefined, of: [], small: undefined };

type CompiledRule = Pick<FieldProgram, 'node' | 'merge' | 'emptyValue'> &
  Partial<Pick<FieldProgram, 'refill' | 'refusedValue' | 'mayTruncateBelow' | 'withholds' | 'originsOf'>> & {
    readonly check?: (args: Readonly<Record<string, unknown>>, isPublic: boolean) => void;
  };

function compileRule(
  node: FieldNode,
  rule: GatherRule,
  definition: GraphQLField<unknown, unknown>,
  rules: SupergraphRules,
): CompiledRule {
  const item = toItemType(getNamedType(definition.type));
  switch (rule.by) {
    case 'PAGE':
      return compilePage(node);
    case 'GROUP':
      if (!item) throw new Error(`"${node.name.value}" is gathered as groups, but its items are no objects`);
      return { ...compileGroup({ node, definition, item, rule }, rules), emptyValue: [] };
    case 'CONCAT':
      return compileConcat(node, rule);
    case 'RATE': {
      const rate = compileRate(node, getNamedType(definition.type).name, rule.unit);
      return compileValue(rate.node, rate.merge);
    }
    case 'SUM':
    case 'TOTAL':
      return compileValue(node, sum);
    case 'MIN':
      return compileValue(node, minimum);
    case 'MAX':
      return compileValue(node, maximum);
    case 'FIRST':
      return compileValue(node, firstNonNull);
    case 'OWNER':
      return { node, merge: (contributions) => mergeOwnedValue(valuesOf(contributions)), emptyValue: undefined };
    case 'QUADRANT':
    case 'RANK':
      throw new Error(`"${node.name.value}" is computed from its group and cannot be gathered alone`);
  }
}

/** The id leads to a platform that holds rows of a whole city. */
function checkDivision(compiled: CompiledRule): CompiledRule {
  return {
    ...compiled,
    node: withDivision(compiled.node),
    merge: (contributions, context) => {
      contributions.forEach(assertRowInRegion);
      return compiled.merge(contributions, context);
    },
  };
}

function compileValue(node: FieldNode, merge: (values: readonly unknown[]) => unknown): CompiledRule {
  return { node, merge: (contributions) => createMergeResult(merge(valuesOf(contributions))), emptyValue: undefined };
}

function valuesOf(contributions: readonly Contribution[]): unknown[] {
  return contributions.map(({ value }) => value);
}

/** Only one platform owns the object, so different values are a conflict. */
function mergeOwnedValue(values: readonly unknown[]): ReturnType<FieldProgram['merge']> {
  const [first, ...others] = values;
  const text = JSON.stringify(first);
  return { value: first ?? null, withheld: 0, conflict: others.some((other) => JSON.stringify(other) !== text) };
}

function compileConcat(node: FieldNode, rule: GatherRule): CompiledRule {
  const key = compileRowKey(rule.key);
  const selected = flattenFields(node.selectionSet);
  const responseKeys = selected.map(responseKeyOf);
  const sortRows = (contributions: readonly Contribution[]) => {
    const keyed = contributions.flatMap(({ value }, origin) =>
      expectList(value, 'list').map((item) => {
        const row = expectObject(item, 'item');
        return { row, origin, key: key.read(row) };
      }),
    );
    return keyed.sort((a, b) => compareKeys(a.key, b.key));
  };
  return {
    node: { ...node, selectionSet: createSelectionSet([...selected, ...key.fields]) },
    merge: (contributions) =>
      createMergeResult(
        sortRows(contributions).map(({ row }) => Object.fromEntries(responseKeys.map((name) => [name, row[name]]))),
      ),
    originsOf: (contributions) => {
      try {
        return sortRows(contributions);
      } catch (error) {
        if (error instanceof NonconformingError) return undefined;
        throw error;
      }
    },
    emptyValue: [],
  };
}

interface HiddenArgument extends HiddenVariable {
  readonly argument: string;
}

/**
 * The arguments whose values the gateway decides: cursors are signed, a merged list is cut after the merge alone, and
 * platforms are asked for the caller's jurisdiction at most.
 */
function createHiddenVariables(
  node: FieldNode,
  jurisdiction: ReturnType<SupergraphRules['jurisdiction']>,
  number: number,
  size: GraphQLArgument | undefined,
): HiddenArgument[] {
  const hidden: HiddenArgument[] = [];
  if (size) {
    hidden.push({ argument: size.name, name: `${HIDDEN_PREFIX}first_${number}`, type: `${size.type}`, role: 'first' });
  }
  if (size || hasArgument(node, 'after')) {
    hidden.push({ argument: 'after', name: `${HIDDEN_PREFIX}after_${number}`, type: 'String', role: 'position' });
  }
  if (hasArgument(node, 'top')) {
    hidden.push({ argument: 'top', name: `${HIDDEN_PREFIX}top_${number}`, type: 'Int', role: 'top' });
  }
  if (jurisdiction?.form === 'WITHIN') {
    const { argument } = jurisdiction;
    hidden.push({ argument, name: `${HIDDEN_PREFIX}within_${number}`, type: 'DivisionCode', role: 'within' });
  }
  return hidden;
}

/**
 * Returns the argument for the page size if platforms may be asked for a share of the page. Pages below entities are
 * fetched whole, since hidden variables are null in entity fetches.
 */
function findSizeArgument(
  parent: GraphQLObjectType,
  { args }: GraphQLField<unknown, unknown>,
): GraphQLArgument | undefined {
  if (parent.name !== 'Query' || !args.some(({ name }) => name === 'after')) return undefined;
  return args.find(({ name }) => name === 'first');
}

function toItemType(type: unknown): GraphQLObjectType | undefined {
  return isObjectType(type) ? type : undefined;
}
