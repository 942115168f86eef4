/** One line. */
export const USAGE: string;
/** What each flag and variable is for. */
export const HELP: string;
