/** File of the module that runs the gateway. Rejects where it cannot be built or written. */
export function prepareGateway(): Promise<string>;
