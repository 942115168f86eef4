/** What does not fit the rules of imports yet. A line that nothing needs is a fault of its own, so that the lists only shrink. */

/** Imports beyond the table: `FROM → TO`, files or, with a slash at the end, folders. */
export const TABLE_EXCEPTIONS: readonly string[] = [];

/** Imports that close a circle between members of a folder: `FROM → TO`, as the check prints them. */
export const CIRCLE_EXCEPTIONS: readonly string[] = [];
