/**
 * The address of a subgraph in the supergraph: a name, not a host. The directory maps the name to platforms, and the
 * partition tells how they share the subgraph's rows.
 */

/** `none`: one platform has all; `division`: each division one owner; `tier-and-division`: one owner in every tier. */
export type Partition = 'none' | 'division' | 'tier-and-division';

export interface SubgraphAddress {
  /** The module whose platforms serve it, e.g. `municipal`. */
  readonly subgraph: string;
  readonly partition: Partition;
  /**
   * Another subgraph. A platform that does not serve it owns its own division alone, and none below it. Undefined: every
   * platform owns what is below its division, too.
   */
  readonly below?: string;
}

const SCHEME = 'yiwang:';

/** `yiwang:municipal?partition=division`, `yiwang:departments?partition=division&below=municipal` */
export function formatAddress({ subgraph, partition, below }: SubgraphAddress): string {
  return `${SCHEME}${subgraph}?partition=${partition}${below === undefined ? '' : `&below=${below}`}`;
}

/** Returns undefined for a plain URL. Throws a `RangeError` for an unknown partition. */
export function parseAddress(url: string): SubgraphAddress | undefined {
  if (!url.startsWith(SCHEME)) return undefined;
  const [subgraph = '', query = ''] = url.slice(SCHEME.length).split('?');
  const parameters = new URLSearchParams(query);
  const partition = parameters.get('partition') ?? 'none';
  const below = parameters.get('below');
  if (partition !== 'none' && partition !== 'division' && partition !== 'tier-and-division') {
    throw new RangeError(`"${url}" names no partition; expected none, division or tier-and-division`);
  }
  return { subgraph, partition, ...(below === null ? {} : { below }) };
}
