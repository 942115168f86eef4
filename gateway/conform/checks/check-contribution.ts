/**
 * What one platform gave for a statistic → the same without figures that break the standard. It is checked before it is
 * merged: in a sum, the figures of others could hide what is wrong.
 */
import { isObject } from '@yiwang/schema';
import { type FieldNode, type GraphQLObjectType, getNamedType, isListType, isNonNullType, isObjectType } from 'graphql';
import { responseKeyOf, selectedFields } from '../../kit/graphql/selections.ts';
import type { CheckContribution, CheckedObject, ObjectCheck, RejectedFigure } from '../../model/checks.ts';
import type { Path } from '../../model/errors.ts';
import type { OnFinding } from '../../model/finding.ts';
import type { FieldProgram } from '../../model/gather.ts';
import type { SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import type { ModeOf } from '../modes/conform-modes.ts';
import type { CompileCheck, SelectedField } from './compile-check.ts';
import { isMergedType, isRate } from './merged-types.ts';

export interface ContributionCheckOptions {
  readonly compileCheck: CompileCheck;
  readonly rules: Pick<SupergraphRules, 'gather'>;
  readonly modeOf: ModeOf;
  readonly onFinding: OnFinding;
}

/** One object of a group, with the objects in it. */
interface FigureCheck {
  readonly check: ObjectCheck | undefined;
  /** True for a rate, which is left out as a whole: its parts are worth nothing without each other. */
  readonly isRate: boolean;
  readonly inner: readonly { readonly key: string; readonly check: FigureCheck }[];
}

interface Tally {
  readonly rejected: Map<string, RejectedFigure & { count: number }>;
  readonly observed: Map<string, { readonly coordinate: string; count: number }>;
}

export function createContributionCheck(options: ContributionCheckOptions): CheckContribution {
  const compiled = new WeakMap<FieldProgram, { readonly check: FigureCheck | undefined }>();
  return (program, value, platform) => {
    let entry = compiled.get(program);
    if (!entry) {
      entry = { check: compileFigures(program, options) };
      compiled.set(program, entry);
    }
    if (!entry.check) return undefined;
    const tally: Tally = { rejected: new Map(), observed: new Map() };
    const checked = checkValue(value, entry.check, [], { tally, platform, modeOf: options.modeOf });
    if (tally.rejected.size === 0 && tally.observed.size === 0) return undefined;
    for (const [rule, { coordinate, count }] of [...tally.rejected, ...tally.observed]) {
      options.onFinding({ platform, rule, count, samples: [{ coordinate, id: undefined }] });
    }
    return { value: checked, rejected: [...tally.rejected.values()] };
  };
}

function compileFigures(
  { by, node, definition }: FieldProgram,
  options: ContributionCheckOptions,
): FigureCheck | undefined {
  const type = getNamedType(definition.type);
  if ((by !== 'GROUP' && by !== 'RATE') || !isObjectType(type)) return undefined;
  return compileObject(type, toFields(node, type), by === 'RATE', options);
}

/** Undefined if no figure in the object has rules. */
function compileObject(
  type: GraphQLObjectType,
  fields: readonly SelectedField[],
  isRateField: boolean,
  options: ContributionCheckOptions,
): FigureCheck | undefined {
  const { compileCheck, rules } = options;
  const check = isRateField || isMergedType(type, rules) ? compileCheck(type, fields) : undefined;
  const inner = fields.flatMap(({ key, name, type: fieldType, below }) => {
    const named = getNamedType(fieldType);
    const isList = isListType(isNonNullType(fieldType) ? fieldType.ofType : fieldType);
    if (!below || isList || !isObjectType(named)) return [];
    const nested = compileObject(named, below.fieldsFor(named), isRate(type.name, name, rules), options);
    return nested ? [{ key, check: nested }] : [];
  });
  return check || inner.length > 0 ? { check, isRate: isRateField, inner } : undefined;
}

function toFields(
  { selectionSet }: Pick<FieldNode, 'selectionSet'>,
  type: GraphQLObjectType,
): readonly SelectedField[] {
  if (!selectionSet) return [];
  return selectedFields(selectionSet).flatMap((node): SelectedField | [] => {
    const field = type.getFields()[node.name.value];
    if (!field) return [];
    const named = getNamedType(field.type);
    const below = isObjectType(named) ? { fieldsFor: () => toFields(node, named) } : undefined;
    return { key: responseKeyOf(node), name: node.name.value, type: field.type, below };
  });
}

interface CheckContext {
  readonly tally: Tally;
  readonly platform: string;
  readonly modeOf: ModeOf;
}

/** Returns the value itself if nothing in it is left out. */
function checkValue(value: unknown, figure: FigureCheck, at: Path, context: CheckContext): unknown {
  if (Array.isArray(value)) {
    let changed: unknown[] | undefined;
    for (let i = 0; i < value.length; i++) {
      const item = checkValue(value[i], figure, at, context);
      if (item === value[i]) continue;
      changed ??= [...value];
      changed[i] = item;
    }
    return changed ?? value;
  }
  if (!isObject(value)) return value;
  const own = figure.check ? withoutRejected(value, { ...figure, check: figure.check }, at, context) : value;
  if (own === null) return null;
  let object: CheckedObject = own;
  for (const { key, check } of figure.inner) {
    const nested = checkValue(object[key], check, [...at, key], context);
    if (nested !== object[key]) object = { ...object, [key]: nested };
  }
  return object;
}

function withoutRejected(
  object: CheckedObject,
  { check, isRate: isWhole }: { readonly check: ObjectCheck; readonly isRate: boolean },
  at: Path,
  { tally, platform, modeOf }: CheckContext,
): CheckedObject | null {
  if (!check.isBroken(object)) return object;
  let left: CheckedObject | null = object;
  for (const { rule, message, isWarning, coordinate, faults } of check.breachesOf(object)) {
    if (isWarning || modeOf(rule, platform) === 'observe') {
      const seen = tally.observed.get(rule);
      if (seen) seen.count++;
      else tally.observed.set(rule, { coordinate, count: 1 });
      continue;
    }
    // A rate whose part is at fault is left out as a whole.
    const places = isWhole ? [at] : faults.map(([key]) => [...at, key!]);
    const earlier = tally.rejected.get(rule);
    if (earlier) earlier.count++;
    else tally.rejected.set(rule, { rule, message, coordinate, places, count: 1 });
    left = isWhole || left === null ? null : { ...left, ...Object.fromEntries(faults.map(([key]) => [key, null])) };
  }
  return left;
}
