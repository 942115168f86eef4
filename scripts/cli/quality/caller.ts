/** Flags → who asks which gateway, and for which division by default. */
import { existsSync } from 'node:fs';
import { keyFilesOf, prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import { createCredential, DEMO_IDENTITIES } from '@yiwang/gateway/playground/demo/index.ts';
import { readRunningNetworks } from '../../demo/control/registry.ts';
import { UsageError } from '../../tools/flags.ts';
import { findDataFolder } from '../config.ts';
import type { Gateway } from './ask-graph.ts';

export interface Caller {
  readonly gateway: Gateway;
  /** The caller's jurisdiction; undefined if its token does not say. */
  readonly division: string | undefined;
}

interface CallerFlags {
  readonly as?: string | undefined;
  readonly token?: string | undefined;
  readonly url?: string | undefined;
  readonly data?: string | undefined;
}

const DEFAULT_URL = 'http://127.0.0.1:4000/graphql';
const LIFE_SECONDS = 600;

/** Undefined if the flags name nobody: then the database is read. Throws `UsageError` for flags that do not go together. */
export async function callerOf({ as, token, url, data }: CallerFlags): Promise<Caller | undefined> {
  if (as !== undefined && token !== undefined) throw new UsageError('Say who asks by --as or by --token, not by both.');
  if (token !== undefined) {
    const gateway = { url: url ?? DEFAULT_URL, credential: { authorization: `Bearer ${token}` } };
    return { gateway, division: divisionOf(token) };
  }
  if (as === undefined) {
    if (url !== undefined) throw new UsageError('--url needs to know who asks: --as NAME or --token TOKEN.');
    return undefined;
  }
  const identity = DEMO_IDENTITIES.find(({ name }) => name === as);
  if (identity === undefined)
    throw new UsageError(
      `There is no demo identity "${as}"; there are ${DEMO_IDENTITIES.map(({ name }) => name).join(', ')}.`,
    );
  const { folder } = await findDataFolder(data);
  if (!existsSync(keyFilesOf(folder).identity))
    throw new Error(
      `There are no keys in ${folder}, since no gateway has run with it; start the demo network: npm start`,
    );
  const keys = await prepareDemoKeys(folder);
  const { header, value } = await createCredential(identity, keys, { lifeSeconds: LIFE_SECONDS, nowMs: Date.now() });
  const running = (await readRunningNetworks()).find((network) => network.folder === folder);
  const { credential } = identity;
  return {
    gateway: { url: url ?? running?.gatewayUrl ?? DEFAULT_URL, credential: { [header]: value } },
    division: credential.kind === 'api-key' ? undefined : credential.claims.division,
  };
}

/** The gateway checks the token; here it only says where its caller is at home. */
function divisionOf(token: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const division = claims && typeof claims === 'object' && 'division' in claims ? claims.division : undefined;
    return typeof division === 'string' ? division : undefined;
  } catch {
    return undefined;
  }
}
