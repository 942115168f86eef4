export { createPlatformClient, type PlatformClient, type PlatformClientState } from './platform-client.ts';
