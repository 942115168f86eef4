/** A place in the answer → the platform that gave the value there, and how far its part of the answer reaches. */
import { isObject } from '@yiwang/schema';
import type { Path } from '../../model/errors.ts';
import type { TreeObject } from '../tree/tree.ts';
import { type Claim, Claims } from './claims.ts';

export interface ValueSource {
  /** Undefined if several platforms gave the value together, or a subgraph with a plain address did. */
  readonly platform: string | undefined;
  /**
   * How far up a null bubbles: the outermost place around the value of which all came from this platform, and no further
   * than the row.
   */
  readonly boundary: Path;
}

export type FindSource = (path: Path) => ValueSource;

/** `collector`: of the run whose tree it is. Whoever gave what is looked up at the first call. */
export function createSourceFinder(tree: TreeObject, collector: { addClaims(claims: Claims): void }): FindSource {
  let claims: Claims | undefined;
  return (path) => {
    if (!claims) {
      claims = new Claims();
      collector.addClaims(claims);
    }
    const holders = holdersOf(tree, path);
    for (let at = path.length - 1; at >= 0; at--) {
      const claim = claimAt(claims, holders, path, at);
      if (claim) return { platform: claim.platform, boundary: toRow(boundaryOf(claims, holders, path, at), path) };
    }
    return { platform: undefined, boundary: path };
  };
}

/** The item of the outermost list, if the boundary lies around that list. */
function toRow(boundary: Path, path: Path): Path {
  const index = path.findIndex((key) => typeof key === 'number');
  return index < boundary.length ? boundary : path.slice(0, index + 1);
}

/** The objects and lists on the way to the value; the first is the tree. */
function holdersOf(tree: TreeObject, path: Path): readonly unknown[] {
  const holders: unknown[] = [tree];
  for (const key of path.slice(0, -1)) {
    const holder = holders.at(-1);
    holders.push(
      typeof holder === 'object' && holder !== null ? (holder as Record<string | number, unknown>)[key] : undefined,
    );
  }
  return holders;
}

function claimAt(claims: Claims, holders: readonly unknown[], path: Path, at: number): Claim | undefined {
  const holder = holders[at];
  return isObject(holder) ? claims.of(holder, String(path[at])) : undefined;
}

function boundaryOf(claims: Claims, holders: readonly unknown[], path: Path, from: number): Path {
  let at = from;
  let claim = claimAt(claims, holders, path, at);
  const platform = claim?.platform;
  for (;;) {
    if (!claim?.isOwner) return path.slice(0, at + 1);
    // The object is the platform's, too. What is around it may be.
    let above = at - 1;
    while (above >= 0 && !isObject(holders[above])) above--;
    const outer = above < 0 ? undefined : claimAt(claims, holders, path, above);
    if (outer?.platform !== platform) return path.slice(0, at);
    at = above;
    claim = outer;
  }
}
