/** HTTP headers between gateway and platform. */
export const PASSPORT_HEADER = 'x-yiwang-passport';
export const REQUEST_ID_HEADER = 'x-yiwang-request-id';
/** Milliseconds that are left for the answer. */
export const DEADLINE_HEADER = 'x-yiwang-deadline';
/** The logical subgraph that a query is for, e.g. `municipal_division`: a gateway that stands for platforms has to know it. */
export const SUBGRAPH_HEADER = 'x-yiwang-subgraph';
/** How many gateways a query has come through. */
export const HOPS_HEADER = 'x-yiwang-hops';

/**
 * On the answer of a platform, beside its data: the answer consists of reference data alone (`@reference` in the schema), and
 * this is their version, an opaque text of 1 to 64 characters of `[\w.:-]`. The promise:
 *
 * - The same request (query, operation name, variables) has the same answer whoever asks, whatever the scope, as long as the
 *   platform says this version.
 * - The version is another after every change of any reference datum of the platform, also while it runs, and with another
 *   release of the standard or of the platform's schema. Servers of one database that run the same release say the same.
 * - The data are at least as new as the version: an answer may carry a version that has just passed, never one that is still
 *   to come. A version that was replaced does not come back, but with its data.
 *
 * Absent where the answer has errors, where it holds anything else, and where the platform cannot tell.
 */
export const REFERENCE_VERSION_HEADER = 'x-yiwang-reference';
