/** The steps of one generation → what answers its operations: a server for each view. */
import type { Logger } from 'pino';
import type { Limits } from '../model/limits.ts';
import type { View } from '../model/request.ts';
import { createViewServer, type ViewServer } from './apollo.ts';
import { createExecutor } from './executor.ts';
import { createErrorMask } from './mask-errors.ts';
import type { Graph, GraphSteps } from './ports.ts';

export interface GraphOptions {
  readonly steps: GraphSteps;
  readonly limits: Limits;
  readonly log: Logger;
  /** True: clients get errors of subgraphs as they were sent. Default: where they happened, and of what kind. */
  readonly showsSubgraphErrors?: boolean;
}

export async function createGraph({ steps, limits, log, showsSubgraphErrors = false }: GraphOptions): Promise<Graph> {
  const executor = createExecutor(steps, showsSubgraphErrors ? undefined : createErrorMask(log));
  const servers = new Map<View, ViewServer>();
  for (const view of steps.views) servers.set(view, await createViewServer({ view, executor, limits, log }));
  return {
    viewOf: (rights) => steps.viewOf(rights),
    relay: steps.relay,
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
