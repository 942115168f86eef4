/** What a user reads when the network is ready: where it is, and questions to paste. */
import type { RunningNetwork } from './start.ts';

export async function describeNetwork(network: RunningNetwork, { elapsedMs }: { elapsedMs: number }): Promise<string> {
  const seconds = (elapsedMs / 1000).toFixed(1);
  return `\nReady in ${seconds} s: ${network.gatewayUrl}\n\nStop with Ctrl-C.\n`;
}
