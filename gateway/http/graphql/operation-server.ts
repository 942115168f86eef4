/** The operations of one schema version → what serves them: an Apollo Server for each view. */
import type { View } from '../../model/validated-operation.ts';
import type { SchemaOperations } from '../../pipeline/index.ts';
import { createViewServer, type ViewServer, type ViewServerOptions } from './apollo.ts';

export interface OperationServer extends Pick<SchemaOperations, 'viewOf' | 'upstream'> {
  /** Throws an `Error` for a view of another version. */
  serverOf(view: View): ViewServer;
  stop(): Promise<void>;
}

export async function createOperationServer(
  { viewOf, views, query, upstream }: SchemaOperations,
  options: ViewServerOptions,
): Promise<OperationServer> {
  const servers = new Map<View, ViewServer>();
  for (const view of views) servers.set(view, await createViewServer(view, query, options));
  return {
    viewOf,
    upstream,
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
