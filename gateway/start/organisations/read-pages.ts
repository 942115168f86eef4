/** The exchange's pages → the rows of the organisation directory, all of one version. */
import { EVERYWHERE, isObject, type Organisation, PAGE_SIZE_MAX, parseOrganisation } from '@yiwang/schema';
import type { PlatformClient } from '../../fetch/index.ts';
import type { Limits } from '../../model/limits.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import type { Rights } from '../../model/rights.ts';

/** The subgraph whose platform has the directory. */
export const EXCHANGE = 'exchange';

export interface OrganisationRows {
  /** Undefined if the exchange does not tell versions. */
  readonly version: string | undefined;
  readonly organisations: readonly Organisation[];
  /** One for each row that is left out. */
  readonly faults: readonly string[];
}

export interface ExchangeCall {
  readonly platformClient: Pick<PlatformClient, 'call'>;
  readonly exchange: PlatformEntry;
  /** The gateway asks for itself, as the public may. */
  readonly rights: Rights;
  readonly limits: Limits;
  readonly signal: { readonly aborted: boolean; onAbort(listener: () => void): () => void };
}

const VERSION_QUERY = '{ organisations(first: 0) { pageInfo { hasNextPage } } }';
const PAGE_QUERY = `query Organisations($after: String) { organisations(first: ${PAGE_SIZE_MAX}, after: $after) {
  nodes { code division { code } serves { code } validFrom validTo successor { code } }
  pageInfo { hasNextPage endCursor } } }`;
/** How often the directory may change while it is read. */
const ATTEMPTS_MAX = 3;

/** Undefined if the exchange does not tell versions. Throws an `Error` that says why there is no answer. */
export async function readVersion(call: ExchangeCall): Promise<string | undefined> {
  return (await ask(call, VERSION_QUERY, {})).version;
}

/** Throws an `Error` that says why the directory could not be read. */
export async function readOrganisations(call: ExchangeCall): Promise<OrganisationRows> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const rows = await readPages(call);
    if (rows) return rows;
  }
  throw new Error(`it changed while it was read, ${ATTEMPTS_MAX} times in a row`);
}

/** Undefined if the version of the pages is not the same. */
async function readPages(call: ExchangeCall): Promise<OrganisationRows | undefined> {
  const { organisationsMax } = call.limits;
  const organisations: Organisation[] = [];
  const faults: string[] = [];
  let version: string | undefined;
  let after: string | null = null;
  for (let page = 0; ; page++) {
    const answer = await ask(call, PAGE_QUERY, { after });
    if (page === 0) version = answer.version;
    else if (answer.version !== version) return undefined;
    for (const node of answer.nodes) {
      const row = parseOrganisation(node);
      if (row.kind === 'valid') organisations.push(row.organisation);
      else faults.push(`${isObject(node) ? String(node.code) : 'a row'}: ${row.faults.join('; ')}`);
    }
    if (organisations.length + faults.length > organisationsMax) {
      throw new Error(`it has more than ${organisationsMax} organisations (LIMIT_ORGANISATIONS_MAX)`);
    }
    if (answer.next === null) return { version, organisations, faults };
    if (answer.next === after || answer.nodes.length === 0) throw new Error('its pages do not go on');
    after = answer.next;
  }
}

interface DirectoryPage {
  readonly version: string | undefined;
  readonly nodes: readonly unknown[];
  /** The cursor of the next page; null for the last one. */
  readonly next: string | null;
}

async function ask(
  { platformClient, exchange, rights, limits, signal }: ExchangeCall,
  query: string,
  variables: object,
): Promise<DirectoryPage> {
  const answer = await platformClient.call(
    {
      ...{ url: exchange.url, target: { platform: exchange, owns: EVERYWHERE }, subgraph: EXCHANGE },
      ...{ body: JSON.stringify({ query, variables }), isMutation: false },
    },
    {
      operation: { rights, requestId: REQUEST_ID },
      dueAt: performance.now() + 2 * limits.platformDeadlineMs,
      signal,
      usage: { calls: 0, bytes: 0 },
    },
  );
  if (answer.kind === 'missing') throw new Error(answer.reason);
  if (answer.problems.length > 0) throw new Error(answer.problems[0]!.message);
  return parsePage(answer.data, answer.reference);
}

/** In the logs of the exchange. */
const REQUEST_ID = 'organisation-directory';

function parsePage(data: Readonly<Record<string, unknown>>, version: string | undefined): DirectoryPage {
  const { organisations } = data;
  const pageInfo = isObject(organisations) ? organisations.pageInfo : undefined;
  if (!isObject(organisations) || !isObject(pageInfo)) throw new Error('its answer is not a page of organisations');
  const { hasNextPage, endCursor } = pageInfo;
  if (hasNextPage === true && typeof endCursor !== 'string' && Array.isArray(organisations.nodes)) {
    throw new Error('its page goes on, but has no cursor');
  }
  return {
    version,
    nodes: Array.isArray(organisations.nodes) ? organisations.nodes : [],
    next: hasNextPage === true && typeof endCursor === 'string' ? endCursor : null,
  };
}
