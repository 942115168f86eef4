/** Fetch: platform request → its answer, bounded in time and size; the response is not trusted. */
export { createPlatformClient, type PlatformClient, type PlatformClientState } from './platform-client.ts';
