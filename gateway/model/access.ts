/** `@authenticated`, `@requiresScopes` and `@policy` of a supergraph → what a caller of an open gateway may not ask for. */
import { createHash } from 'node:crypto';
import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import { type Feature, featureNamed } from './features.ts';
import type { Grants, Rights } from './rights.ts';

/** What one directive demands of a caller. */
export interface Demand {
  readonly directive: 'authenticated' | 'requiresScopes' | 'policy';
  /** Of scopes or policies: all of one of these lists. */
  readonly anyOf: readonly (readonly string[])[];
}

/** What a caller is denied. */
export interface Denials {
  /** Equal for callers who are denied the same. */
  readonly key: string;
  /** `coordinate`: a type, or a field as `Type.field`. */
  denies(coordinate: string): boolean;
}

export interface Access {
  /** Names of the directives in use, with their at sign. */
  readonly directives: readonly string[];
  /** Undefined for a caller who is denied nothing. */
  denialsOf(rights: Rights): Denials | undefined;
}

const DIRECTIVES = ['authenticated', 'requiresScopes', 'policy'] as const;

/** Undefined if nothing of the supergraph demands anything. */
export function readAccess(supergraph: DocumentNode, features: readonly Feature[]): Access | undefined {
  const demands = demandsOf(supergraph, features);
  if (demands.size === 0) return undefined;
  const kinds = new Set([...demands.values()].flatMap((list) => list.map(({ directive }) => directive)));
  const byRights = new WeakMap<Rights, { readonly denials: Denials | undefined }>();
  const compute = ({ grants }: Rights): Denials | undefined => {
    const denied = [...demands].flatMap(([at, list]) => (list.every((demand) => meets(grants, demand)) ? [] : [at]));
    if (denied.length === 0) return undefined;
    const set = new Set(denied);
    const key = createHash('sha256').update(denied.join()).digest('base64url');
    return { key, denies: (coordinate) => set.has(coordinate) };
  };
  return {
    directives: DIRECTIVES.filter((name) => kinds.has(name)).map((name) => `@${name}`),
    denialsOf(rights) {
      let known = byRights.get(rights);
      if (!known) {
        known = { denials: compute(rights) };
        byRights.set(rights, known);
      }
      return known.denials;
    },
  };
}

function meets(grants: Grants | undefined, { directive, anyOf }: Demand): boolean {
  if (grants === undefined) return false;
  if (directive === 'authenticated') return true;
  const given = directive === 'policy' ? grants.policies : grants.scopes;
  return anyOf.some((all) => all.every((name) => given.includes(name)));
}

/** By coordinate. */
function demandsOf(supergraph: DocumentNode, features: readonly Feature[]): Map<string, readonly Demand[]> {
  const names = new Map(
    DIRECTIVES.flatMap((own) => {
      const feature = featureNamed(own, features);
      return feature ? [[feature.nameOf(own), own] as const] : [];
    }),
  );
  const found = new Map<string, readonly Demand[]>();
  if (names.size === 0) return found;
  const read = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    const demands = directives.flatMap((applied) => {
      const directive = names.get(applied.name.value);
      return directive ? [{ directive, anyOf: listsOf(applied) }] : [];
    });
    if (demands.length > 0) found.set(coordinate, [...(found.get(coordinate) ?? []), ...demands]);
  };
  for (const node of supergraph.definitions) {
    if (!('name' in node) || node.name === undefined || !('directives' in node)) continue;
    if (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION) continue;
    read(node.name.value, node.directives);
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of node.fields ?? []) read(`${node.name.value}.${field.name.value}`, field.directives);
  }
  return found;
}

/** The one argument of `@requiresScopes` and `@policy`. */
function listsOf({ arguments: given = [] }: ConstDirectiveNode): readonly (readonly string[])[] {
  const [argument] = given;
  const value: unknown = argument && valueFromASTUntyped(argument.value);
  const lists = Array.isArray(value) ? value : [];
  return lists.map((all: unknown) => (Array.isArray(all) ? all.map(String) : [String(all)]));
}
