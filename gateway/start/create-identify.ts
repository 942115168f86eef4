/** Configuration → how callers are identified. */
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.ts';
import { keyFilesOf } from '../config/keys.ts';
import {
  type ApiKeyFile,
  createApiKeyVerifier,
  createIdentify,
  createOpenIdentify,
  createThrottle,
  createTokenVerifier,
  createUnlimitedRights,
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  type Identify,
  type IssuerOptions,
  watchApiKeys,
} from '../identify/index.ts';
import { readOrCreateKeyPair } from '../kit/crypto/key-files.ts';
import type { OrganisationDirectory } from '../model/organisations/organisation-directory.ts';

/** Undefined if there is no file of API keys, or nobody needs a credential. */
export async function startApiKeys(
  { apiKeys, open, limits }: GatewayConfig,
  log: Logger,
): Promise<ApiKeyFile | undefined> {
  return open || apiKeys === undefined ? undefined : watchApiKeys(apiKeys, { pollMs: limits.reloadPollMs, log });
}

export async function createIdentifyStage(
  config: GatewayConfig,
  apiKeys: ApiKeyFile | undefined,
  organisations: () => OrganisationDirectory,
): Promise<Identify> {
  return config.open ? createOpenStage(config) : createCredentialStage(config, apiKeys, organisations);
}

/** Without an issuer everybody may do everything, and tokens are for subgraphs to check. */
function createOpenStage({ identity, policiesClaim, limits }: GatewayConfig): Identify {
  const unlimited = createUnlimitedRights();
  if (identity.kind !== 'issuer') return async () => unlimited;
  const { issuer, audience, jwksUrl: keys } = identity;
  return createOpenIdentify({
    issuer: { issuer, audience, keys },
    policiesClaim,
    throttle: createThrottle(limits),
    limits,
  });
}

async function createCredentialStage(
  { identity, dataFolder, limits }: GatewayConfig,
  apiKeys: ApiKeyFile | undefined,
  organisations: () => OrganisationDirectory,
): Promise<Identify> {
  const issuer: IssuerOptions =
    identity.kind === 'issuer'
      ? { issuer: identity.issuer, audience: identity.audience, keys: identity.jwksUrl }
      : {
          issuer: DEVELOPMENT_ISSUER,
          audience: DEVELOPMENT_AUDIENCE,
          keys: { keys: [(await readOrCreateKeyPair(keyFilesOf(dataFolder).identity)).publicJwk] },
        };
  return createIdentify({
    verifyToken: createTokenVerifier(issuer, limits),
    verifyApiKey: apiKeys?.verify ?? createApiKeyVerifier([]),
    organisations,
    throttle: createThrottle(limits),
    limits,
  });
}
