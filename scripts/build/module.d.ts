/** File of the module that runs the gateway. Rejects where it cannot be built or written. */
export function prepareGateway(): Promise<string>;
/** File of the module of the commands; each command is read when it is called. Rejects like `prepareGateway`. */
export function prepareCommands(): Promise<string>;
