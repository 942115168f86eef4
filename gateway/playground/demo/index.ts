/** Demo: the identities of the demo network, and credentials for them from the built-in issuer. */
export { type Credential, createCredential } from './credentials.ts';
export { DEMO_IDENTITIES, type DemoIdentity } from './identities.ts';
