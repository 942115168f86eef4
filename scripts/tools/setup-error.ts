/** A fault of the environment (a port, a folder, a URL) that the user can mend. Its message is one line that says how. */
export class SetupError extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'SetupError';
  }
}
