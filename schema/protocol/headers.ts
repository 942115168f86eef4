/** HTTP headers between gateway and platform. */
export const PASSPORT_HEADER = 'x-yiwang-passport';
export const REQUEST_ID_HEADER = 'x-yiwang-request-id';
/** Milliseconds that are left for the answer. */
export const DEADLINE_HEADER = 'x-yiwang-deadline';
/** The logical subgraph of a query, e.g. `municipal_division`: a gateway that stands for platforms needs it. */
export const SUBGRAPH_HEADER = 'x-yiwang-subgraph';
/** The number of gateways that a query has passed. */
export const HOPS_HEADER = 'x-yiwang-hops';

/**
 * A platform sends this header with an answer that consists of reference data alone (`@reference` in the schema). Its
 * value is their version, an opaque text of 1 to 64 characters of `[\w.:-]`. The platform promises:
 *
 * - While the version stays, the same request (query, operation name, variables) has the same answer for every caller and
 *   scope.
 * - The version changes with every change of the platform's reference data, also while it runs, and with a new release of the
 *   standard or of the platform's schema. Servers of one release over one database send the same version.
 * - The data are at least as new as the version: an answer may carry the version before its data, never the version after. A
 *   replaced version returns only with its data.
 *
 * The header is absent if the answer has errors or holds anything else, or if the platform cannot tell.
 */
export const REFERENCE_VERSION_HEADER = 'x-yiwang-reference';
