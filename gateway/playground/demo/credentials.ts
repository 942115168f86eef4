/** A demo identity and the keys of a data folder → the header with its credential. */

import type { DemoKeys } from '../../config/keys.ts';
import { signToken } from '../../identify/index.ts';
import type { DemoIdentity } from './identities.ts';

export interface Credential {
  readonly header: 'authorization' | 'x-api-key';
  /** Value of the header, `Bearer ` included. */
  readonly value: string;
  /** The token or key alone. */
  readonly secret: string;
}

/** A token lives for `lifeSeconds`; an API key until it is revoked. */
export async function createCredential(
  { credential }: DemoIdentity,
  keys: DemoKeys,
  { lifeSeconds, nowMs }: { lifeSeconds: number; nowMs: number },
): Promise<Credential> {
  if (credential.kind === 'api-key') return { header: 'x-api-key', value: keys.apiKey, secret: keys.apiKey };
  const secret = await signToken(keys.identity, credential.claims, { lifeSeconds, nowMs });
  return { header: 'authorization', value: `Bearer ${secret}`, secret };
}
