/** `yiwang serve`: the gateway alone, in this process. */
import type { Command } from '../command.ts';

export const SERVE: Command = {
  name: 'serve',
  usage:
    'serve [--supergraph FILE] [--network FILE] [--port N] [--host H] [--data FOLDER] [--plugins FILES] [--check-modes FILE] [--open] [--demo] [--access-log]',
  about: 'Runs the gateway alone. --open with any Federation 2 supergraph: no access policy, no partitions.',
  async run(args, terminal) {
    const { runGateway } = await import('@yiwang/gateway/main.ts');
    const started = await runGateway(args);
    if (started.kind === 'failed') {
      for (const fault of started.faults) terminal.error(`${fault}\n`);
      return started.isUsage ? 2 : 1;
    }
    const { url, operatorUrl } = started.gateway;
    terminal.out(`Yiwang gateway: ${url}\n${forOperators(operatorUrl)}Stop with Ctrl-C.\n`);
    return 0;
  },
};

function forOperators(url: string | undefined): string {
  return url === undefined ? '' : `For operators:  ${url}/health and /metrics\n`;
}
