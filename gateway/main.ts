/**
 * The gateway as a process: reads the configuration, starts, prints its URLs, reloads on SIGHUP and stops on a signal.
 */
import { closeSync, openSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import { ConfigError, readConfig } from './config/config.ts';
import { preparePlayground } from './playground/prepare.ts';
import { type Gateway, startGateway } from './start/start-gateway.ts';

export type StartResult =
  | { readonly kind: 'started'; readonly gateway: Gateway }
  /** Lines for the user. `isUsage`: the command line or the environment is wrong. */
  | { readonly kind: 'failed'; readonly faults: readonly string[]; readonly isUsage: boolean };

/** Starts a gateway that stops with this process and reloads its files on SIGHUP. Never throws. */
export async function runGateway(args: readonly string[]): Promise<StartResult> {
  // Under load, objects of an operation survive a collection. V8 would then allocate their kind in the old generation at
  // once, where they keep everything that they point to until a full collection.
  setFlagsFromString('--no-allocation-site-pretenuring');
  try {
    const config = readConfig(args);
    const log = pino({ level: config.logLevel }, pino.destination(2));
    const playground = await preparePlayground(config, log);
    const gateway = await startGateway({ config, log, playground });
    handleSignals(gateway);
    return { kind: 'started', gateway };
  } catch (error) {
    if (error instanceof ConfigError) return { kind: 'failed', faults: error.faults, isUsage: true };
    return { kind: 'failed', faults: [error instanceof Error ? error.message : String(error)], isUsage: false };
  }
}

/** A terminal that closes sends SIGHUP, too: then the gateway stops in place of a reload. */
function handleSignals(gateway: Gateway): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    gateway.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The gateway did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  const hadTerminal = process.stdin.isTTY || process.stdout.isTTY;
  process.on('SIGHUP', () => (hadTerminal && !hasTerminal() ? stop() : void gateway.reload()));
}

function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}

/** As `runGateway`. Prints the URLs as one line of JSON, or prints the faults to standard error and exits. */
export async function runAndReport(args: readonly string[]): Promise<void> {
  const result = await runGateway(args);
  if (result.kind === 'started') {
    const { url, port, operatorUrl } = result.gateway;
    process.stdout.write(`${JSON.stringify({ ready: true, url, port, operatorUrl })}\n`);
  } else {
    for (const fault of result.faults) process.stderr.write(`${fault}\n`);
    process.exit(result.isUsage ? 2 : 1);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runAndReport(process.argv.slice(2));
}
