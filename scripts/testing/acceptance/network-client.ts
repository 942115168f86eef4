/** Asks a running network over HTTP as one of the demo identities. */
import type { RunningNetwork } from '../../demo/network/start-network.ts';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever they asked for
  readonly data: any;
  readonly errors?: readonly { message: string; path?: readonly (string | number)[]; extensions: { code: string } }[];
  readonly extensions?: {
    readonly coverage?: {
      asked: number;
      answered: number;
      complete: boolean;
      platforms: readonly ListedPlatform[];
      unserved?: readonly string[];
    };
  };
}

export interface ListedPlatform {
  readonly platform: string;
  readonly status: string;
  readonly path: readonly (string | number)[];
}

export interface NetworkRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a query; without credentials if `identity` is null. */
export async function askNetwork(
  network: RunningNetwork,
  identity: string | null,
  question: NetworkRequest,
): Promise<Answer & { status: number }> {
  const credential = identity === null ? undefined : await network.credential(identity);
  const { headers = {}, ...body } = question;
  const response = await fetch(network.gatewayUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(credential ? { [credential.header]: credential.value } : {}),
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { ...((await response.json()) as Answer), status: response.status };
}

/** The subjects of the acceptance test share a network that runs before their tests. */
export type GetNetwork = () => RunningNetwork;

/** Timeout of tests that query or start a whole network. */
export const WAIT_MS = 240_000;

export const createAskAs =
  (network: GetNetwork) =>
  (identity: string | null, query: string, headers: Record<string, string> = {}): ReturnType<typeof askNetwork> =>
    askNetwork(network(), identity, { query, headers });

/** Queries every list without a division: all rows must lie within the caller's jurisdiction. */
export const BROAD = `{
  cases(first: 40) { totalCount nodes { id division { code } grid { division { code } } } }
  requests(first: 40) { totalCount nodes { id division { code } } }
  components(first: 40) { totalCount nodes { division { code } } }
  facilities(first: 40) { totalCount nodes { id division { code } } }
  monitoringPoints(first: 40) { totalCount nodes { id division { code } } }
  alarms(first: 40) { totalCount nodes { id division { code } point { division { code } } } }
  gridCells(first: 40) { totalCount nodes { division { code } } }
  enforcementCases(first: 40) { totalCount nodes { id division { code } } }
  propertyCompanies(first: 40) { totalCount nodes { division { code } } }
  inspections(first: 40) { totalCount nodes { id division { code } } }
  periodicReports(first: 40) { totalCount nodes { id division { code } } }
  supervisionOrders(first: 40) { totalCount nodes { id issuedTo { code } } }
  byStreet: caseStatistics(period: "2026", groupBy: [STREET]) { key { division { code } } counts { reported closed } }
  streets: requestStatistics(period: "2026", groupBy: [STREET]) { key { division { code } } counts { received } }
  hotspots(period: "2026", groupBy: [COMMUNITY]) { key { division { code } } requests cases }
  monthlyTopics(month: "2026-09") { title requests }
  apps { id division { code } }
}`;

/** Every division code in an answer, including those at the start of ids; that of a request is its city's, wherever it is about. */
export function divisionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(divisionsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'code' && typeof inner === 'string') return /^(\d{6}|\d{9}|\d{12})$/.test(inner) ? [inner] : [];
    if (key === 'id' && typeof inner === 'string') return /^(\d{6}|\d{9}|\d{12})-(?!R-)/.exec(inner)?.[1] ?? [];
    return divisionsIn(inner);
  });
}
