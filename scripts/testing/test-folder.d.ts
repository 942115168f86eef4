/** Creates the temporary folder of this process, and removes the folders of killed runs. */
export function makeTestFolder(parent?: string): Promise<string>;
/** Stops the PostgreSQL servers whose data lie in the folder, then removes it. */
export function removeTestFolder(folder: string): Promise<void>;
