/** The organisation directory as operations see it: read from the exchange, again whenever its version changes. */
import type { Logger } from 'pino';
import type { PlatformClient } from '../../fetch/index.ts';
import { computeRights } from '../../identify/index.ts';
import { createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import type { Limits } from '../../model/limits.ts';
import {
  createOrganisationDirectory,
  NO_ORGANISATIONS,
  type OrganisationDirectory,
} from '../../model/organisations/organisation-directory.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import { type OrganisationsCopy, readOrganisationsCopy, writeOrganisationsCopy } from './organisations-copy.ts';
import { EXCHANGE, type ExchangeCall, type OrganisationRows, readOrganisations, readVersion } from './read-pages.ts';

export interface OrganisationWatch {
  /**
   * What the exchange said last, or the copy of it. Before either was read: the organisations of the network file, if it
   * has some.
   */
  current(): OrganisationDirectory;
  /** Asks the exchange. Never rejects: what cannot be read changes nothing. */
  refresh(): Promise<void>;
  /** Reads of the exchange that failed so far. */
  readonly failures: number;
  stop(): Promise<void>;
}

export interface OrganisationWatchOptions {
  readonly platformClient: Pick<PlatformClient, 'call'>;
  /** The network that is served. */
  readonly platforms: () => readonly PlatformEntry[];
  /** The organisations of the network file; undefined if it has none. */
  readonly inNetworkFile: () => OrganisationDirectory | undefined;
  /** Where the copy is kept. */
  readonly file: string;
  readonly limits: Limits;
  readonly log: Logger;
}

/** Asks once before it resolves, so that the first operation finds a directory if the exchange is there. */
export async function watchOrganisations(options: OrganisationWatchOptions): Promise<OrganisationWatch> {
  const { platforms, inNetworkFile, file, limits, log } = options;
  const stopping = createCancelController();
  const rights = computeRights(GATEWAY_IDENTITY);
  let last: OrganisationsCopy | undefined;
  let directory: OrganisationDirectory | undefined;
  let failures = 0;
  let isFailing = false;
  const use = (copy: OrganisationsCopy): void => {
    last = copy;
    directory = createOrganisationDirectory(copy.organisations);
  };
  const read = async (exchange: PlatformEntry): Promise<void> => {
    const call: ExchangeCall = { ...options, exchange, rights, signal: stopping.signal };
    const version = await readVersion(call);
    if (version !== undefined && version === last?.version) return;
    const rows = await readOrganisations(call);
    logFaults(rows, log);
    use({ version: rows.version, organisations: rows.organisations });
    log.info({ organisations: rows.organisations.length }, 'organisation directory read');
    await writeOrganisationsCopy(file, last!).catch((err: unknown) =>
      log.warn({ err }, 'the organisation directory could not be copied to the data folder'),
    );
  };
  const ask = async (): Promise<void> => {
    const exchange = platforms().find(({ subgraphs }) => subgraphs.includes(EXCHANGE));
    if (!exchange) return;
    try {
      await read(exchange);
      if (isFailing) log.info('the organisation directory can be read again');
      isFailing = false;
    } catch (error) {
      if (stopping.signal.aborted) return;
      failures++;
      if (!isFailing) log.warn({ err: error }, 'the organisation directory cannot be read; the last one stays in use');
      isFailing = true;
    }
  };
  try {
    const copy = await readOrganisationsCopy(file);
    if (copy) use(copy);
  } catch (err) {
    log.warn({ err }, 'the organisation directory is read anew');
  }
  let lastRead: Promise<void> = Promise.resolve();
  /** Reads run one after the other, so that an older directory never replaces a newer one. */
  const refresh = (): Promise<void> => {
    lastRead = lastRead.then(ask);
    return lastRead;
  };
  await refresh();
  const again = async (): Promise<void> => {
    await refresh();
    if (!stopping.signal.aborted) timer = setTimeout(again, limits.organisationsPollMs).unref();
  };
  let timer = setTimeout(again, limits.organisationsPollMs).unref();
  return {
    current: () => directory ?? inNetworkFile() ?? NO_ORGANISATIONS,
    refresh,
    get failures() {
      return failures;
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await lastRead;
    },
  };
}

/** The directory is public: the gateway reads it as the public may. */
const GATEWAY_IDENTITY = {
  subject: 'gateway',
  tier: 'PUBLIC',
  division: '100000',
  roles: [],
  clearance: 'OPEN',
} as const;

const FAULTS_LOGGED_MAX = 5;

function logFaults({ faults }: OrganisationRows, log: Logger): void {
  if (faults.length === 0) return;
  const examples = faults.slice(0, FAULTS_LOGGED_MAX);
  log.warn({ leftOut: faults.length, examples }, 'organisations that break the standard are left out of the directory');
}
