export { createPlatformClient, type PlatformClient } from './client.ts';
export { createPassports, type Passports } from './passports.ts';
