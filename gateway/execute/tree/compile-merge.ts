/**
 * A selection set → code that writes the selected fields of an answer into an object of the tree. Other fields are left
 * out: they would take the place of fields of another fetch, or hide that these are missing.
 */
import type { SelectionSetNode } from 'graphql';
import { fieldsByKey } from './fields-by-key.ts';
import { mergeTypename, mergeValue } from './merge.ts';
import type { TreeObject, TypeTest } from './tree.ts';

export type MergeSelected = (target: TreeObject, source: Readonly<TreeObject>) => void;

/** Generates code, so that V8 optimizes each read and each write for the one shape that it meets. */
export function compileMerge(set: SelectionSetNode, isType: TypeTest): MergeSelected {
  // A key such as "constructor" is inherited by every object: only an own member is of the answer. `__proto__` is no
  // key.
  const keys = [...fieldsByKey([set]).keys()].filter((key) => key !== '__typename' && key !== '__proto__');
  const lines = keys.map((key) => {
    const [source, target] = key in Object.prototype ? [ownMember('source', key), ownMember('target', key)] : [];
    return `value = ${source ?? `source.${key}`};
    if (value !== undefined) {
      current = ${target ?? `target.${key}`};
      target.${key} = current === undefined ? value : mergeValue(current, value, isType);
    }`;
  });
  const text = `return function (target, source) {
    let value, current;
    if (source.__typename !== undefined) mergeTypename(target, source.__typename, isType);
    ${lines.join('\n')}
  }`;
  // A key in the text is a GraphQL name: letters, digits and underscores.
  return new Function('mergeValue', 'mergeTypename', 'isType', text)(
    mergeValue,
    mergeTypename,
    isType,
  ) as MergeSelected;
}

function ownMember(object: string, key: string): string {
  return `(Object.hasOwn(${object}, '${key}') ? ${object}.${key} : undefined)`;
}
