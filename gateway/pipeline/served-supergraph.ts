/** A supergraph and the configuration → the supergraph with the views of its audiences, or why it cannot be served. */
import { classesOfAudience, createGraphQLScalars } from '@yiwang/schema';
import { AUDIENCES } from '../identify/index.ts';
import type { Limits } from '../model/limits.ts';
import type { AccessRules } from '../model/supergraph/access-rules.ts';
import { createViews, readSupergraph, type Supergraph, type ViewRule, type Views } from '../supergraph/index.ts';

/** The part of the configuration that a schema version needs. */
export interface SchemaConfig {
  readonly limits: Limits;
  /** File of the supergraph, which messages name. */
  readonly supergraph: string;
  /** No access policy and no record: a plain federation gateway. */
  readonly open: boolean;
  readonly identity: { readonly kind: 'development' | 'issuer' };
  readonly policiesClaim: string | undefined;
  /** True: clients that accept incremental delivery get it. */
  readonly incrementalDelivery: boolean;
  readonly overrideLabels: readonly string[];
  /** True: clients get error messages of subgraphs unmasked. */
  readonly showsSubgraphErrors: boolean;
  /** Undefined if no upstream gateway may ask. */
  readonly upstream: object | undefined;
}

export interface ServedSupergraph {
  readonly supergraph: Supergraph;
  readonly views: Views;
}

/** The name of the one view of a gateway without a policy. */
export const OPEN_VIEW = 'all';

/** Throws an `Error` that names the file if this gateway, as it is configured, cannot serve the supergraph. */
export async function readServedSupergraph(sdl: string, config: SchemaConfig): Promise<ServedSupergraph> {
  try {
    const { open, overrideLabels } = config;
    const supergraph = readSupergraph(sdl, { isStandard: !open, overrideLabels });
    const views = await createAudienceViews(supergraph, open);
    if (supergraph.access) assertMayFollow(supergraph.access, config);
    return { supergraph, views };
  } catch (error) {
    throw toSupergraphError(config.supergraph, error);
  }
}

/** Throws if the supergraph has access rules that this gateway is not configured to enforce. */
function assertMayFollow({ directives }: AccessRules, { open, identity, policiesClaim }: SchemaConfig): void {
  const names = directives.join(', ');
  if (!open) throw new Error(`it uses ${names}, which only an open gateway (--open) enforces`);
  if (identity.kind !== 'issuer') {
    throw new Error(
      `it uses ${names}, but no issuer of tokens is known: set IDENTITY_JWKS_URL, IDENTITY_ISSUER and IDENTITY_AUDIENCE`,
    );
  }
  if (directives.includes('@policy') && policiesClaim === undefined) {
    throw new Error(
      'it uses @policy: set IDENTITY_POLICIES_CLAIM to the token claim that lists the policies of its owner',
    );
  }
}

export function toSupergraphError(file: string, cause: unknown): Error {
  return new Error(`The supergraph ${file} cannot be used: ${(cause as Error).message}`, { cause });
}

/** Creates one view at a time, so that operations in flight run in between. */
async function createAudienceViews({ api }: Supergraph, open: boolean): Promise<Views> {
  const rules: readonly ViewRule[] = open
    ? [{ name: OPEN_VIEW, classes: undefined }]
    : AUDIENCES.map((name) => ({ name, classes: classesOfAudience(name) }));
  const scalars = open ? {} : createGraphQLScalars();
  const byName = new Map<string, Views>();
  for (const rule of rules) {
    await new Promise((resolve) => setImmediate(resolve));
    byName.set(rule.name, createViews(api, [rule], scalars));
  }
  const parts = [...byName.values()];
  return {
    view: (name) => (byName.get(name) ?? parts[0]!).view(name),
    all: parts.flatMap(({ all }) => all),
    classOf: parts[0]!.classOf,
    dimensions: parts[0]!.dimensions,
  };
}
