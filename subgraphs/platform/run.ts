/** Lifecycle of a platform process: configuration, server, ready message, graceful stop. */
import { pino } from 'pino';
import { type PlatformConfig, PlatformConfigError, readPlatformConfig } from './config.ts';
import type { PlatformIdentity, PlatformModule } from './module.ts';
import { type Platform, startPlatform } from './server.ts';

/** One line of JSON on standard output, and a message to the parent process if there is one. */
export interface ReadyMessage {
  readonly kind: 'ready';
  /** The platform's id. */
  readonly platform: string;
  readonly url: string;
  readonly port: number;
}

const STANDARD_ERROR = 2;

/** The modules of every platform, or of the one that the environment describes. */
type Modules = readonly PlatformModule[] | ((identity: PlatformIdentity) => readonly PlatformModule[]);

/**
 * Serves the modules until SIGTERM, SIGINT or the end of the parent process, then finishes running requests and exits
 * with 0. A fault of the configuration or of the start is reported in plain lines, with exit code 1.
 */
export async function runPlatform(
  modules: Modules,
  /** Called when the platform runs. The returned function is called before it stops. */
  onReady: (config: PlatformConfig, platform: Platform) => (() => Promise<void> | void) | undefined = () => undefined,
): Promise<void> {
  try {
    const config = readPlatformConfig();
    const { now } = config;
    const platform = await startPlatform({
      ...config,
      modules: typeof modules === 'function' ? modules(config.identity) : modules,
      now: () => now ?? new Date(),
      logger: pino({ level: config.logLevel, name: config.identity.id }, pino.destination(STANDARD_ERROR)),
    });
    stopOnSignal(platform, onReady(config, platform));
    announce({ kind: 'ready', platform: config.identity.id, url: platform.url, port: platform.port });
  } catch (error) {
    const { message, stack } = error as Error;
    process.stderr.write(`${error instanceof PlatformConfigError ? message : (stack ?? message)}\n`);
    process.exitCode = 1;
    if (process.connected) process.disconnect();
  }
}

function announce(message: ReadyMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
  process.send?.(message);
}

function stopOnSignal(platform: Platform, beforeStop: (() => Promise<void> | void) | undefined): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await beforeStop?.();
    await platform.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        process.stderr.write(`${(error as Error).stack}\n`);
        process.exit(1);
      });
    });
  }
}
