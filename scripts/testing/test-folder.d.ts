/** Makes the temporary folder of this process, and removes those of runs that were killed. */
export function makeTestFolder(parent?: string): Promise<string>;
/** Ends the PostgreSQL servers whose data lie in the folder, then removes it. */
export function removeTestFolder(folder: string): Promise<void>;
