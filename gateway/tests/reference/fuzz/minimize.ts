/** A failing operation → one with as few selections as still fail. */
import {
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { collectVariables } from '../../../kit/graphql/collect-variables.ts';
import { inlineFragments } from '../../../kit/graphql/inline-fragments.ts';
import type { RequestParams } from '../reference-engine.ts';

/** `isWrong` returns whether an operation is valid and fails. */
export async function minimize(
  params: RequestParams,
  isWrong: (params: RequestParams) => Promise<boolean>,
): Promise<RequestParams> {
  let operation = inlineFragments(parse(params.query, { noLocation: true }));
  const asQuestion = (tried: OperationDefinitionNode): RequestParams => {
    const variableNames = collectVariables(tried.selectionSet);
    const variableDefinitions = (tried.variableDefinitions ?? []).filter(({ variable }) =>
      variableNames.has(variable.name.value),
    );
    return { ...params, query: print({ ...tried, variableDefinitions }) };
  };
  if (!(await isWrong(asQuestion(operation)))) return params;
  for (let shrunk = true; shrunk; ) {
    shrunk = false;
    for (let i = 0; i < countSelections(operation); i++) {
      for (const how of ['drop', 'unwrap'] as const) {
        const tried = changed(operation, i, how);
        if (!tried || !(await isWrong(asQuestion(tried)))) continue;
        operation = tried;
        shrunk = true;
        i--;
        break;
      }
    }
  }
  return asQuestion(operation);
}

function countSelections(operation: OperationDefinitionNode): number {
  let count = 0;
  visit(operation, {
    SelectionSet: ({ selections }) => {
      count += selections.length;
    },
  });
  return count;
}

/** Without the selection of this number, or with its selections in its place; undefined if that leaves nothing. */
function changed(
  operation: OperationDefinitionNode,
  index: number,
  how: 'drop' | 'unwrap',
): OperationDefinitionNode | undefined {
  let at = 0;
  let isPossible = true;
  const change = (set: SelectionSetNode): SelectionSetNode => {
    const selections = set.selections.flatMap((node): SelectionNode[] => {
      const isIt = at++ === index;
      if (node.kind === Kind.FRAGMENT_SPREAD) return [node];
      if (isIt && how === 'drop') {
        if (node.selectionSet) at += countSelections({ ...operation, selectionSet: node.selectionSet });
        return [];
      }
      if (isIt && node.kind === Kind.FIELD) isPossible = false;
      if (!node.selectionSet) return [node];
      const selectionSet = change(node.selectionSet);
      return isIt ? [...selectionSet.selections] : [{ ...node, selectionSet } as SelectionNode];
    });
    if (selections.length === 0) isPossible = false;
    return { ...set, selections };
  };
  const selectionSet = change(operation.selectionSet);
  return isPossible ? { ...operation, selectionSet } : undefined;
}
