/** The gateway as a process: reads the configuration, starts, says where it is, and stops on a signal. */
import { pino } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import { preparePlayground } from './playground/prepare.ts';
import { type Gateway, startGateway } from './start.ts';

/** Starts a gateway for this process; on a fault prints it in plain lines and returns undefined. */
export async function runGateway(args: readonly string[]): Promise<Gateway | undefined> {
  try {
    const config = readConfig(args);
    const log = pino({ level: config.logLevel }, pino.destination(2));
    const gateway = await startGateway({ config, log, playground: await preparePlayground(config, log) });
    stopOnSignal(gateway);
    return gateway;
  } catch (error) {
    const faults =
      error instanceof ConfigError ? error.faults : [error instanceof Error ? error.message : String(error)];
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    process.exitCode = 1;
    return undefined;
  }
}

function stopOnSignal(gateway: Gateway): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void gateway.stop().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`The gateway did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
}

if (import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  const gateway = await runGateway(process.argv.slice(2));
  if (gateway !== undefined)
    process.stdout.write(`${JSON.stringify({ ready: true, url: gateway.url, port: gateway.port })}\n`);
}
