/** `npm start` as a process: starts the demo network, prints how to use it, stops it on a signal. */
import { SetupError } from '../../tools/postgres/index.ts';
import { registerNetwork } from '../control/registry.ts';
import { NetworkUsageError, readNetworkConfig } from './config.ts';
import { describeNetwork } from './describe.ts';
import { type RunningNetwork, startNetwork } from './start-network.ts';

const stopping = new AbortController();
let network: RunningNetwork | undefined;
let unregister = async (): Promise<void> => undefined;

/** Ctrl-C arrives twice: from the terminal, and forwarded by the parent process. */
const SAME_SIGNAL_MS = 1000;
let firstSignalAt = 0;

/** The first signal stops in order, the second at once: the remaining processes end with their supervisor. */
function onSignal(signal: NodeJS.Signals | 'disconnect'): void {
  if (stopping.signal.aborted) {
    if (signal === 'disconnect' || Date.now() - firstSignalAt < SAME_SIGNAL_MS) return;
    process.exit(130);
  }
  firstSignalAt = Date.now();
  process.stderr.write('\nStopping the network …\n');
  stopping.abort(new SetupError('The start was interrupted; the next one continues it'));
  if (network) void finish(network, signal);
}

async function finish(running: RunningNetwork, signal: NodeJS.Signals | 'disconnect'): Promise<void> {
  await unregister();
  await running.stop();
  process.stderr.write('The network has stopped.\n');
  process.exit(signal === 'SIGINT' ? 130 : 0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal));
if (process.channel) {
  process.once('disconnect', () => onSignal('disconnect'));
  process.channel.unref();
}

try {
  const startedAt = Date.now();
  network = await startNetwork({
    ...readNetworkConfig(),
    screen: process.stderr,
    signal: stopping.signal,
    onPostgres: (folder) => process.send?.({ postgres: folder }),
    onExit: (line) => process.stderr.write(`${line}\n`),
  });
  const { gatewayUrl, folder } = network;
  unregister = await registerNetwork({ pid: process.pid, folder, gatewayUrl });
  process.stdout.write(await describeNetwork({ ...network, elapsedMs: Date.now() - startedAt, nowMs: Date.now() }));
  process.send?.({ ready: true, url: network.gatewayUrl });
} catch (error) {
  // A setup error is one line. Anything else is a bug, and its stack helps.
  process.stderr.write(`${error instanceof SetupError ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(error instanceof NetworkUsageError ? 2 : 1);
}
