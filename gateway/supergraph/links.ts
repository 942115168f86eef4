/** The specifications that a supergraph names with `@link`, or with `@core` in its first version. */
import { argumentsOf } from '@yiwang/schema';
import { type DocumentNode, Kind } from 'graphql';

export interface Link {
  readonly directive: 'link' | 'core';
  readonly url: string;
  /** The name that the supergraph gives the specification: of its directive, and the prefix of all else. */
  readonly as: string | undefined;
  /** `SECURITY` or `EXECUTION`; undefined if a gateway may ignore the specification. */
  readonly purpose: string | undefined;
  /** Directives, with their at sign, and types. */
  readonly imports: readonly { readonly name: string; readonly as: string }[];
}

export function readLinks({ definitions }: DocumentNode): readonly Link[] {
  return definitions.flatMap((node) => {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) return [];
    return (node.directives ?? []).flatMap((applied) => {
      const directive = applied.name.value;
      if (directive !== 'link' && directive !== 'core') return [];
      const { url, feature, as, import: imports, for: purpose } = argumentsOf(applied);
      const address = directive === 'core' ? feature : url;
      if (typeof address !== 'string') return [];
      return {
        directive,
        url: address,
        as: typeof as === 'string' ? as : undefined,
        purpose: typeof purpose === 'string' ? purpose : undefined,
        imports: importsOf(imports),
      } as const;
    });
  });
}

function importsOf(value: unknown): Link['imports'] {
  return (Array.isArray(value) ? value : []).flatMap((entry: unknown) => {
    const { name, as = name } = typeof entry === 'string' ? { name: entry } : (entry as Record<string, unknown>);
    return typeof name === 'string' && typeof as === 'string' ? [{ name, as }] : [];
  });
}

/** The name of a specification in the supergraph; undefined if neither the link nor its URL names one. */
export function nameOfLink({ as, url }: Link): string | undefined {
  return as ?? url.split('/').at(-2);
}
