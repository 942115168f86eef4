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
}

const SCHEME = 'yiwang:';

/** `yiwang:municipal?partition=division` */
export function formatAddress(address: SubgraphAddress): string {
  return `${SCHEME}${address.subgraph}?partition=${address.partition}`;
}

/** Returns undefined for a plain URL. Throws a `RangeError` for an unknown partition. */
export function parseAddress(url: string): SubgraphAddress | undefined {
  if (!url.startsWith(SCHEME)) return undefined;
  const [subgraph = '', query = ''] = url.slice(SCHEME.length).split('?');
  const partition = new URLSearchParams(query).get('partition') ?? 'none';
  if (partition !== 'none' && partition !== 'division' && partition !== 'tier-and-division') {
    throw new RangeError(`"${url}" names no partition; expected none, division or tier-and-division`);
  }
  return { subgraph, partition };
}
