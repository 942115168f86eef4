/** Respond: the tree → the answer as JSON text, in the shape of the client's operation. */
export { compileDeferredFragments, type DeferredFragment, type ResponseObject } from './deferred-fragments.ts';
export { compileRawDataExtractor } from './raw-data-extractor.ts';
export { createResponseShape } from './response-shape.ts';
export { type ResponseContext, restoreErrors, restoreKeys, restorePath } from './restore-keys.ts';
export { createTooManyBytesError, type NullReporter, type SerializationState } from './serialization.ts';
export { compileSerializer, type Serializer } from './serializer.ts';
