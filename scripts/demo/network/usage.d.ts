/** One line. */
export const USAGE: string;
/** What each flag and variable does. */
export const HELP: string;
