/** Rewrites of a plan: fields set or renamed in what a server answered, and in the paths of its errors. */
import type { Path } from '../../model/errors.ts';
import type { Rewrite } from '../../model/plan.ts';
import { locateObjects } from './locate-objects.ts';
import { mergeValue } from './merge.ts';
import type { TreeObject, TypeTest } from './tree.ts';

export function applyRewrite(root: TreeObject, rewrite: Rewrite, isType: TypeTest): void {
  const last = rewrite.path.at(-1);
  if (last?.kind !== 'field') return;
  for (const { object } of locateObjects(root, rewrite.path.slice(0, -1), isType)) {
    if (!(last.name in object)) continue;
    if (rewrite.kind === 'set') {
      object[last.name] = rewrite.value;
    } else {
      object[rewrite.to] = mergeValue(object[rewrite.to], object[last.name], isType);
      delete object[last.name];
    }
  }
}

/** The path of an error in a server's answer → the path of the same place once its keys are renamed. */
export function renamePath(path: Path, rewrites: readonly Rewrite[]): Path {
  const renamed = [...path];
  for (const rewrite of rewrites) {
    if (rewrite.kind !== 'rename') continue;
    const names = rewrite.path.flatMap((segment) => (segment.kind === 'field' ? segment.name : []));
    const at = depthAt(path, names);
    if (at !== undefined) renamed[at] = rewrite.to;
  }
  return renamed;
}

/** The index in the path of the last of the names; undefined if the path does not begin with them. */
function depthAt(path: Path, names: readonly string[]): number | undefined {
  let matched = 0;
  for (const [depth, part] of path.entries()) {
    if (typeof part !== 'string') continue;
    if (part !== names[matched]) return undefined;
    matched++;
    if (matched === names.length) return depth;
  }
  return undefined;
}
