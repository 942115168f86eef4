/** Where in an answer objects are checked: everywhere but in statistics, whose figures were checked before the merge. */
import type { GraphQLCompositeType } from 'graphql';
import type { ObjectCheck } from '../../model/checks.ts';
import type { SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import type { CompileCheck, SelectedField } from './compile-check.ts';
import { isMergedType, isRate } from './merged-types.ts';

/** `field`: the one that the objects are the value of, and the type that has it; undefined at the root. */
export type CheckOf = (
  type: GraphQLCompositeType,
  fields: readonly SelectedField[],
  field: { readonly name: string; readonly parent: string } | undefined,
) => ObjectCheck | undefined;

export function createAnswerCheck(compileCheck: CompileCheck, rules: Pick<SupergraphRules, 'gather'>): CheckOf {
  return (type, fields, field) => {
    const isChecked = isMergedType(type, rules) || (field && isRate(field.parent, field.name, rules));
    return isChecked ? undefined : compileCheck(type, fields);
  };
}
