/** The life of a platform process: configuration → server → a ready message → a stop that loses no answer. */
import { pino } from 'pino';
import { type PlatformConfig, PlatformConfigError, readPlatformConfig } from './config.ts';
import type { PlatformModule } from './module.ts';
import { type Platform, startPlatform } from './server.ts';

/** One line of JSON on standard output and, where there is a parent process, a message to it. */
export interface ReadyMessage {
  readonly kind: 'ready';
  /** The platform's id. */
  readonly platform: string;
  readonly url: string;
  readonly port: number;
}

const STANDARD_ERROR = 2;

/**
 * Serves the modules until SIGTERM, SIGINT or the end of the parent process, then answers what is under way and leaves with
 * 0. A fault of the configuration or of the start is said in plain lines, with exit code 1.
 */
export async function runPlatform(
  modules: readonly PlatformModule[],
  /** Told of the running platform; what it returns is run before the stop. */
  onReady: (config: PlatformConfig, platform: Platform) => (() => Promise<void> | void) | undefined = () => undefined,
): Promise<void> {
  try {
    const config = readPlatformConfig();
    const { now } = config;
    const platform = await startPlatform({
      ...config,
      modules,
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
