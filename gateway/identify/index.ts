/** Identify: request headers → rights. */

export { type ApiKeyFile, followApiKeys } from './api-key-file.ts';
export { type ApiKey, createApiKeyVerifier, readApiKeys, type VerifyApiKey } from './api-keys.ts';
export { createTokenVerifier, type IssuerOptions } from './bearer.ts';
export { parseClaims } from './claims.ts';
export { createIdentify, type Identify } from './identify.ts';
export { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER, signToken, type TokenClaims } from './issuer.ts';
export { createOpenIdentify } from './open.ts';
export { createPassportSigner, type SignPassport } from './passport.ts';
export { createPassportReader, type PassportReaderOptions, type ReadPassport } from './passport-reader.ts';
export { AUDIENCES, rightsOf, unlimitedRights } from './rights.ts';
export { createThrottle } from './throttle.ts';
