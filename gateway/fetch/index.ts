/**
 * Platform request → platform answer: passports, deadlines, limits, breakers, retries and parsing of untrusted
 * responses.
 */
export { createPlatformClient, type PlatformClient, type PlatformClientState } from './platform-client.ts';
