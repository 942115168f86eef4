/** The files of the supergraph and of the directory → one version of what answers operations. */
import { readFile } from 'node:fs/promises';
import type { GatewayConfig } from '../config/config.ts';
import { parseNetworkText } from '../config/network-file.ts';
import { createOperationServer, type OperationServer, type QueryPlugin } from '../http/index.ts';
import { sha256 } from '../kit/crypto/digest.ts';
import { readFileFingerprint } from '../kit/files/watch-files.ts';
import {
  createOrganisationDirectory,
  type OrganisationDirectory,
} from '../model/organisations/organisation-directory.ts';
import type { Network, PlatformEntry } from '../model/platform/network.ts';
import type { SubgraphLocation } from '../model/supergraph/supergraph-rules.ts';
import { type LoadedSchema, loadSchema, type SchemaOptions } from '../pipeline/index.ts';

export interface SchemaVersion {
  /** Counts from 1. */
  readonly number: number;
  /** Digest of the supergraph's file. */
  readonly supergraph: string;
  /** Digest of the directory's file; undefined for a gateway without one. */
  readonly network: string | undefined;
  readonly loadedAt: Date;
  readonly platforms: readonly PlatformEntry[];
  /** Those of the directory's file; undefined if it has none. */
  readonly organisations: OrganisationDirectory | undefined;
  /** Every endpoint that its operations may call. */
  readonly endpoints: readonly string[];
  /** Shared with the version before if only the directory changed: views, plans and servers stay warm. */
  readonly loaded: ServedSchema;
  /** Routes operations that begin from here on by this version's directory. */
  serve(): void;
}

/** A schema with the server of its operations. */
interface ServedSchema extends Omit<LoadedSchema, 'operations' | 'close'> {
  readonly server: OperationServer;
  close(): Promise<void>;
}

/** Long-lived parts that versions share. */
export interface SchemaVersionOptions extends SchemaOptions {
  readonly config: GatewayConfig;
  /** Platforms that this gateway serves itself, besides those of the network file. */
  readonly ownPlatforms: readonly PlatformEntry[];
  /** Plugins for Apollo Server. */
  readonly plugins: readonly QueryPlugin[];
}

/** Attempts to read a file while it is being written. */
const READ_ATTEMPTS_MAX = 5;

interface SourceFile {
  readonly text: string;
  readonly digest: string;
}

/**
 * Reads the files. Returns undefined if they have not changed since `previous`. Throws an `Error` that says what is
 * wrong with them; nothing of the new version is left then.
 */
export async function loadSchemaVersion(
  options: SchemaVersionOptions,
  previous?: SchemaVersion | undefined,
): Promise<SchemaVersion | undefined> {
  const { config } = options;
  const supergraph = await readStable(config.supergraph);
  const network = config.network === undefined ? undefined : await readStable(config.network);
  if (supergraph.digest === previous?.supergraph && network?.digest === previous.network) return undefined;

  const { platforms, organisations }: Network =
    network === undefined ? { platforms: [] } : parseNetworkText(network.text, config.network!);
  const ownPlatforms = options.ownPlatforms.filter(({ id }) => !platforms.some((entry) => entry.id === id));
  const all = [...platforms, ...ownPlatforms];
  const isSame = supergraph.digest === previous?.supergraph;
  const loaded = isSame ? previous!.loaded : await serveSchema(supergraph.text, options, previous?.loaded);
  let serve: () => void;
  try {
    serve = loaded.prepareDirectory(all);
  } catch (error) {
    if (!isSame) await loaded.close();
    throw error;
  }
  return {
    number: (previous?.number ?? 0) + 1,
    supergraph: supergraph.digest,
    network: network?.digest,
    loadedAt: new Date(),
    platforms,
    organisations: organisations && createOrganisationDirectory(organisations),
    endpoints: [...all.flatMap(endpointsOf), ...loaded.locations.flatMap(plainEndpointsOf)],
    loaded,
    serve,
  };
}

/** Throws if the file changes during every attempt: the text could be half of one version and half of another. */
async function readStable(file: string): Promise<SourceFile> {
  for (let attempt = 0; attempt < READ_ATTEMPTS_MAX; attempt++) {
    const before = await readFileFingerprint(file);
    const text = await readFile(file, 'utf8');
    if ((await readFileFingerprint(file)) === before) return { text, digest: sha256(text) };
  }
  throw new Error(`The file ${file} is being written.`);
}

async function serveSchema(
  sdl: string,
  options: SchemaVersionOptions,
  previous: ServedSchema | undefined,
): Promise<ServedSchema> {
  const { operations, close, ...schema } = await loadSchema(sdl, options, previous?.frequentOperations());
  const { config, log, plugins } = options;
  const { limits } = config;
  const server = await createOperationServer(operations, { limits, log, plugins }).catch((error: unknown) => {
    close();
    throw error;
  });
  return {
    ...schema,
    server,
    async close() {
      await server.stop();
      close();
    },
  };
}

function endpointsOf({ url, replicas = [] }: PlatformEntry): readonly string[] {
  return [url, ...replicas];
}

function plainEndpointsOf(location: SubgraphLocation): readonly string[] {
  return location.kind === 'address' ? [location.url] : [];
}
