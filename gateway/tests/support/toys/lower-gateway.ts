/** A real gateway that is a platform in the directory of another, in front of toy platforms or of gateways like it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../../config/config.ts';
import { keyFilesOf } from '../../../config/keys.ts';
import { createPassportSigner, type SignPassport } from '../../../identify/index.ts';
import { type KeyPair, readOrCreateKeyPair } from '../../../kit/crypto/key-files.ts';
import type { Limits } from '../../../model/limits.ts';
import type { PlatformEntry } from '../../../model/platform/network.ts';
import { startGateway } from '../../../start/start-gateway.ts';
import { type PlacedPlatform, TOY_SUPERGRAPH, toPlatformEntry } from './toy-engine.ts';

export interface LowerGateway {
  /** URL of the endpoint for upstream gateways. */
  readonly url: string;
  /** URL of the endpoint for clients. */
  readonly graphqlUrl: string;
  close(): Promise<void>;
}

export interface LowerGatewayOptions {
  readonly division: string;
  /** Default `MUNICIPAL`. */
  readonly tier?: PlacedPlatform['tier'];
  readonly placed: readonly PlacedPlatform[];
  /** Its directory and its own id in that of the upstream gateway, if its platforms are no toys. */
  readonly directory?: { readonly id: string; readonly platforms: readonly PlatformEntry[] };
  readonly above: Signer;
  /** What it signs with itself. Default: a key of its own. */
  readonly own?: Signer;
  readonly limits?: Partial<Limits>;
  readonly supergraph?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A gateway as those below it know it: a key, and what it signs. */
export interface Signer {
  /** A data folder with the key in it. */
  readonly folder: string;
  readonly key: KeyPair;
  readonly signPassport: SignPassport;
  close(): Promise<void>;
}

export async function createSigner(): Promise<Signer> {
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-relay-'));
  const key = await readOrCreateKeyPair(keyFilesOf(folder).passport);
  return {
    folder,
    key,
    signPassport: createPassportSigner(key, 60_000),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function startLowerGateway({
  division,
  tier,
  placed,
  directory,
  above,
  own,
  limits = {},
  supergraph = TOY_SUPERGRAPH,
  env = {},
}: LowerGatewayOptions): Promise<LowerGateway> {
  const signer = own ?? (await createSigner());
  const { folder } = signer;
  const files = {
    network: join(folder, 'network.json'),
    supergraph: join(folder, 'supergraph.graphql'),
    keys: join(folder, 'above.json'),
  };
  await writeFile(files.network, JSON.stringify({ platforms: directory?.platforms ?? placed.map(toPlatformEntry) }));
  await writeFile(files.supergraph, supergraph);
  await writeFile(files.keys, JSON.stringify({ keys: [above.key.publicJwk] }));
  const { id } = directory ?? toPlatformEntry({ division, platform: { url: '' }, ...(tier ? { tier } : {}) });
  const config = readConfig(
    ['--port', '0', '--data', folder, '--network', files.network, '--supergraph', files.supergraph],
    { STANDARD_CHECKS: 'off', ...env, RELAY_PLATFORMS: id, RELAY_PASSPORT_KEYS: files.keys },
  );
  const gateway = await startGateway({
    config: { ...config, limits: { ...config.limits, ...limits } },
    log: pino({ level: 'silent' }),
  });
  return {
    url: new URL('/platform', gateway.url).href,
    graphqlUrl: gateway.url,
    async close() {
      await gateway.stop();
      await signer.close();
    },
  };
}
