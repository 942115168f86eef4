/** What a platform says of an answer that it gives to everybody alike, so that a gateway may keep it. */

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
