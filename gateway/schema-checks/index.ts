/** Schema checks: the schemas of platforms against the standard's, before they are asked. */
export { standardSupergraphDigest } from '@yiwang/schema/sdl';
export { NoEndpointError, readBody, readPlatformSdl } from './read-platform-sdl.ts';
export { createSchemaMonitor, type SchemaMonitor, type SchemaVerdict } from './schema-monitor.ts';
