/** Configuration → the record of operations, ready to be written. */
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.ts';
import { keyFilesOf, recordHeadFileOf } from '../config/keys.ts';
import { createFindingPages } from '../conform/index.ts';
import { createPassportVerifier } from '../identify/index.ts';
import { type KeyPair, readOrCreateKeyPair, readOrCreateSecret } from '../kit/crypto/key-files.ts';
import { createKeyedDigest, type KeyedDigest } from '../kit/crypto/keyed-digest.ts';
import type { PlatformEntry } from '../model/platform/network.ts';
import { createNullRecorder, openRecord, RECORD_PLATFORM, type Recorder } from '../record/index.ts';

export interface StartedRecord {
  readonly recorder: Recorder;
  /** Masks values of the record; undefined if nothing is put on record. */
  readonly digest: KeyedDigest | undefined;
  /** Platforms that serve the record in the graph. */
  readonly platforms: readonly PlatformEntry[];
  /** Writes the entries that wait, and closes the database. */
  stop(): Promise<void>;
}

/** Throws an `Error` that says what to do. */
export async function startRecord(config: GatewayConfig, passportKey: KeyPair, log: Logger): Promise<StartedRecord> {
  const { databaseUrl: url, dataFolder, limits, open } = config;
  if (url === undefined) {
    if (!open) log.warn('GATEWAY_DATABASE_URL is not set: operations are not put on record');
    return { recorder: createNullRecorder(), digest: undefined, platforms: [], stop: async () => undefined };
  }
  const files = keyFilesOf(dataFolder);
  const key = await readOrCreateKeyPair(files.record);
  const digest = createKeyedDigest(await readOrCreateSecret(files.recordDigest, ''));
  const passportKeys = { keys: [passportKey.publicJwk] };
  const platforms = new Map([[RECORD_PLATFORM, ['100000']]]);
  const verifyPassport = createPassportVerifier({ keys: passportKeys, platforms }, limits);
  const record = await openRecord({
    url,
    key,
    digest,
    headFile: recordHeadFileOf(dataFolder),
    limits,
    createFindingPages,
    verifyPassport: (token) => verifyPassport(token, '127.0.0.1'),
    log,
  });
  return { recorder: record.recorder, digest, platforms: [record.platform], stop: record.stop };
}
