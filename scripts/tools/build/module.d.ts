/** `home`: where modules are kept. File of the module that runs the gateway. Rejects if it cannot be built or written. */
export function prepareGateway(home?: string): Promise<string>;
/** File of the module of the commands; each command is read when it is called. Rejects like `prepareGateway`. */
export function prepareCommands(home?: string): Promise<string>;
