/** What a supergraph is written with: the specifications that `@link` names, and those that a gateway must not ignore. */
import { type DirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

export interface Feature {
  /** Without its version, such as `https://specs.apollo.dev/authenticated`. */
  readonly identity: string;
  readonly version: string;
  /** `SECURITY` or `EXECUTION` if a gateway that does not know it must not serve the supergraph. */
  readonly purpose: string | undefined;
  /** The name in this supergraph of a directive of the specification, given its own name. */
  directiveName(directive: string): string;
}

const APOLLO = 'https://specs.apollo.dev/';
/** Of what is marked for a purpose: what is followed here, or refused by name elsewhere. Versions of `join` are looked at with it. */
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
  return supergraph.definitions.flatMap((node) => {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) return [];
    return (node.directives ?? []).flatMap((applied) => parseFeature(applied) ?? []);
  });
}

/** Throws an `Error` that names the first feature that says it must be followed and is not known. */
export function assertSupportedFeatures(features: readonly Feature[]): void {
  for (const { identity, version, purpose } of features) {
    if (purpose === undefined) continue;
    const versions = identity.startsWith(APOLLO) ? SUPPORTED.get(identity.slice(APOLLO.length)) : undefined;
    if (versions?.test(version)) continue;
    throw new Error(`it is written with ${identity}/${version} for ${purpose}, which this gateway does not follow`);
  }
}

/** The feature of Apollo's specifications with this name; undefined if the supergraph does not use it. */
export function findFeature(name: string, features: readonly Feature[]): Feature | undefined {
  return features.find(({ identity }) => identity === `${APOLLO}${name}`);
}

function parseFeature(applied: DirectiveNode): Feature | undefined {
  const isCore = applied.name.value === 'core';
  if (!isCore && applied.name.value !== 'link') return undefined;
  const url = argumentOf(applied, isCore ? 'feature' : 'url');
  if (typeof url !== 'string') return undefined;
  const [, identity = url, version = ''] = /^(.*)\/(v\d[\w.]*)\/?$/.exec(url) ?? [];
  const purpose = argumentOf(applied, 'for');
  const as = argumentOf(applied, 'as');
  const imports = parseImports(argumentOf(applied, 'import'));
  const own = identity.slice(identity.lastIndexOf('/') + 1);
  const prefix = typeof as === 'string' ? as : own;
  return {
    identity,
    version,
    purpose: typeof purpose === 'string' ? purpose : undefined,
    // The directive that has the specification's name goes by the name that the specification has here.
    directiveName: (directive) => imports.get(directive) ?? (directive === own ? prefix : `${prefix}__${directive}`),
  };
}

function parseImports(value: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const entry of Array.isArray(value) ? value : []) {
    const { name, as = name } = typeof entry === 'string' ? { name: entry } : (entry as Record<string, unknown>);
    if (typeof name === 'string' && typeof as === 'string') names.set(name.replace(/^@/, ''), as.replace(/^@/, ''));
  }
  return names;
}

function argumentOf({ arguments: args = [] }: DirectiveNode, name: string): unknown {
  const found = args.find((one) => one.name.value === name);
  return found && valueFromASTUntyped(found.value);
}
