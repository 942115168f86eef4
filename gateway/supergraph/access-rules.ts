/** `@authenticated`, `@requiresScopes` and `@policy` of a supergraph → what a caller of an open gateway is denied. */

import { argumentsOf } from '@yiwang/schema';
import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import { sha256 } from '../kit/crypto/digest.ts';
import type { Grants, Rights } from '../model/rights.ts';
import type { AccessRules, Denials } from '../model/supergraph/access-rules.ts';
import { type Feature, findFeature } from './features.ts';

/** What one directive requires of a caller. */
interface AccessRequirement {
  readonly directive: 'authenticated' | 'requiresScopes' | 'policy';
  /** Scopes or policies: all names of one of these lists. */
  readonly anyOf: readonly (readonly string[])[];
}

const DIRECTIVES = ['authenticated', 'requiresScopes', 'policy'] as const;

/** Undefined if the supergraph requires nothing of callers. */
export function readAccessRules(supergraph: DocumentNode, features: readonly Feature[]): AccessRules | undefined {
  const requirements = readRequirements(supergraph, features);
  if (requirements.size === 0) return undefined;
  const kinds = new Set([...requirements.values()].flatMap((list) => list.map(({ directive }) => directive)));
  const cache = new WeakMap<Rights, { readonly denials: Denials | undefined }>();
  const compute = ({ grants }: Rights): Denials | undefined => {
    const deniedCoordinates = [...requirements].flatMap(([at, list]) =>
      list.every((requirement) => isSatisfiedBy(grants, requirement)) ? [] : [at],
    );
    if (deniedCoordinates.length === 0) return undefined;
    const set = new Set(deniedCoordinates);
    const key = sha256(deniedCoordinates.join());
    return { key, denies: (coordinate) => set.has(coordinate) };
  };
  return {
    directives: DIRECTIVES.filter((name) => kinds.has(name)).map((name) => `@${name}`),
    denialsOf(rights) {
      let cached = cache.get(rights);
      if (!cached) {
        cached = { denials: compute(rights) };
        cache.set(rights, cached);
      }
      return cached.denials;
    },
  };
}

function isSatisfiedBy(grants: Grants | undefined, { directive, anyOf }: AccessRequirement): boolean {
  if (grants === undefined) return false;
  if (directive === 'authenticated') return true;
  const grantedNames = directive === 'policy' ? grants.policies : grants.scopes;
  return anyOf.some((all) => all.every((name) => grantedNames.includes(name)));
}

/** Requirements by coordinate. */
function readRequirements(
  supergraph: DocumentNode,
  features: readonly Feature[],
): Map<string, readonly AccessRequirement[]> {
  const names = new Map(
    DIRECTIVES.flatMap((own) => {
      const feature = findFeature(own, features);
      return feature ? [[feature.directiveName(own), own] as const] : [];
    }),
  );
  const byCoordinate = new Map<string, readonly AccessRequirement[]>();
  if (names.size === 0) return byCoordinate;
  const read = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    const requirements = directives.flatMap((applied) => {
      const directive = names.get(applied.name.value);
      return directive ? [{ directive, anyOf: parseNameLists(applied) }] : [];
    });
    if (requirements.length > 0)
      byCoordinate.set(coordinate, [...(byCoordinate.get(coordinate) ?? []), ...requirements]);
  };
  for (const node of supergraph.definitions) {
    if (!('name' in node) || node.name === undefined || !('directives' in node)) continue;
    if (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION) continue;
    read(node.name.value, node.directives);
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of node.fields ?? []) read(`${node.name.value}.${field.name.value}`, field.directives);
  }
  return byCoordinate;
}

/** Reads the only argument of `@requiresScopes` and `@policy`. */
function parseNameLists(applied: ConstDirectiveNode): readonly (readonly string[])[] {
  const [value] = Object.values(argumentsOf(applied));
  const lists = Array.isArray(value) ? value : [];
  return lists.map((all: unknown) => (Array.isArray(all) ? all.map(String) : [String(all)]));
}
