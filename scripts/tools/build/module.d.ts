/** Resolves to the file of the module that runs the gateway, below `home`. Rejects if it cannot be built or written. */
export function prepareGateway(home?: string): Promise<string>;
/** Resolves to the file of the module of the commands, which loads each when it is called. Rejects like `prepareGateway`. */
export function prepareCommands(home?: string): Promise<string>;
