/** The specifications that a supergraph uses, and those among them that a gateway must not ignore. */
import type { DocumentNode } from 'graphql';
import { type Link, readLinks } from './links.ts';

export interface Feature {
  /** Without the version, such as `https://specs.apollo.dev/authenticated`. */
  readonly identity: string;
  readonly version: string;
  /** `SECURITY` or `EXECUTION` if a gateway that does not know the specification must not serve the supergraph. */
  readonly purpose: string | undefined;
  /** The name that a directive of the specification has in this supergraph. */
  directiveName(directive: string): string;
}

const APOLLO = 'https://specs.apollo.dev/';
/**
 * Specifications with a purpose that this gateway follows, or refuses by name elsewhere. `unsupported.ts` checks the
 * versions of `join`.
 */
const SUPPORTED: ReadonlyMap<string, RegExp> = new Map([
  ['join', /^v\d/],
  ['link', /^v1\.0$/],
  ['core', /^v0\.[12]$/],
  ['inaccessible', /^v0\.[12]$/],
  ['tag', /^v0\.[1-3]$/],
  ['authenticated', /^v0\.1$/],
  ['requiresScopes', /^v0\.1$/],
  ['policy', /^v0\.1$/],
  ['context', /^v0\.1$/],
]);

export function readFeatures(supergraph: DocumentNode): readonly Feature[] {
  return readLinks(supergraph).map(toFeature);
}

/** Throws an `Error` that names the first specification that must be followed and is not known. */
export function assertSupportedFeatures(features: readonly Feature[]): void {
  for (const { identity, version, purpose } of features) {
    if (purpose === undefined) continue;
    const versions = identity.startsWith(APOLLO) ? SUPPORTED.get(identity.slice(APOLLO.length)) : undefined;
    if (versions?.test(version)) continue;
    throw new Error(`it is written with ${identity}/${version} for ${purpose}, which this gateway does not follow`);
  }
}

/** The feature of Apollo's specification with this name; undefined if the supergraph does not use it. */
export function findFeature(name: string, features: readonly Feature[]): Feature | undefined {
  return features.find(({ identity }) => identity === `${APOLLO}${name}`);
}

function toFeature({ url, as, purpose, imports }: Link): Feature {
  const [, identity = url, version = ''] = /^(.*)\/(v\d[\w.]*)\/?$/.exec(url) ?? [];
  const own = identity.slice(identity.lastIndexOf('/') + 1);
  const prefix = as ?? own;
  const importedAs = new Map(imports.map((entry) => [withoutAt(entry.name), withoutAt(entry.as)]));
  return {
    identity,
    version,
    purpose,
    // A directive named as its specification goes by the specification's name here.
    directiveName: (directive) => importedAs.get(directive) ?? (directive === own ? prefix : `${prefix}__${directive}`),
  };
}

function withoutAt(name: string): string {
  return name.replace(/^@/, '');
}
