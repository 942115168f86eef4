/** A fault of the surroundings (a port, a folder, an address) that the user can mend: its message is one line that says how. */
export class SetupError extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'SetupError';
  }
}
