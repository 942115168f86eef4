/** The steps of one generation → what answers its operations: a server for each view. */
import type { Logger } from 'pino';
import type { Limits } from '../../model/limits.ts';
import type { View } from '../../model/validated-operation.ts';
import type { OperationServer, OperationSteps } from '../lifecycle/steps.ts';
import { createViewServer, type ViewServer } from './apollo.ts';
import { createExecutor } from './executor.ts';
import { createErrorMask } from './mask-errors.ts';

export interface OperationServerOptions {
  readonly steps: OperationSteps;
  readonly limits: Limits;
  readonly log: Logger;
  /** True: clients get errors of subgraphs as they were sent. Default: where they happened, and of what kind. */
  readonly showsSubgraphErrors?: boolean;
}

export async function createOperationServer({
  steps,
  limits,
  log,
  showsSubgraphErrors = false,
}: OperationServerOptions): Promise<OperationServer> {
  const executor = createExecutor(steps, showsSubgraphErrors ? undefined : createErrorMask(log));
  const servers = new Map<View, ViewServer>();
  for (const view of steps.views) servers.set(view, await createViewServer({ view, executor, limits, log }));
  return {
    viewOf: (rights) => steps.viewOf(rights),
    upstream: steps.upstream,
    serverOf(view) {
      const server = servers.get(view);
      if (server === undefined) throw new Error(`no server for the view "${view.name}"`);
      return server;
    },
    async stop() {
      await Promise.all([...servers.values()].map((server) => server.stop()));
    },
  };
}
