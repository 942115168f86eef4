/** Identify: request headers → rights. */

export { type ApiKeyFile, watchApiKeys } from './api-keys/api-key-file.ts';
export { type ApiKey, createApiKeyVerifier, readApiKeys, type VerifyApiKey } from './api-keys/api-keys.ts';
export { createIdentify, type Identify } from './identify.ts';
export { createOpenIdentify } from './open-identify.ts';
export { createPassportSigner, type SignPassport } from './passports/passport-signer.ts';
export {
  createPassportVerifier,
  type PassportVerifierOptions,
  type VerifyPassport,
} from './passports/passport-verifier.ts';
export { AUDIENCES, computeRights, createUnlimitedRights } from './rights.ts';
export { createThrottle } from './throttle.ts';
export { listTiers, parseClaims } from './tokens/claims.ts';
export { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER, signToken, type TokenClaims } from './tokens/development-issuer.ts';
export { placeDepartment } from './tokens/place-department.ts';
export { createTokenVerifier, type IssuerOptions } from './tokens/token-verifier.ts';
