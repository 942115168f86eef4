/** What a supergraph with `@authenticated`, `@requiresScopes` or `@policy` denies a caller of an open gateway. */
import type { Rights } from '../rights.ts';

/** What a caller is denied. */
export interface Denials {
  /** Equal for callers who are denied the same. */
  readonly key: string;
  /** `coordinate`: a type, or a field as `Type.field`. */
  denies(coordinate: string): boolean;
}

export interface AccessRules {
  /** Names of the directives in use, with their at sign. */
  readonly directives: readonly string[];
  /** Undefined for a caller who is denied nothing. */
  denialsOf(rights: Rights): Denials | undefined;
}
