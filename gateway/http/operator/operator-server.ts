/** The operator's listener: health with every platform, and metrics. It serves no data and is not public. */
import Fastify from 'fastify';
import type { OperatorAddress } from '../../model/listener.ts';
import type { Metrics } from '../../telemetry/index.ts';
import { answerOptions } from '../listener/cors.ts';
import { type IsOwnHost, requireOwnHost } from '../listener/host-check.ts';
import { type HealthParts, reportHealth } from './health.ts';

export interface OperatorServerOptions extends OperatorAddress {
  readonly isOwnHost: IsOwnHost;
  readonly readHealth: () => Promise<HealthParts>;
  readonly metrics: Metrics;
}

export interface OperatorServer {
  /** `http://127.0.0.1:4001` */
  readonly url: string;
  stop(): Promise<void>;
}

/** Throws the error of `listen`. */
export async function startOperatorServer(options: OperatorServerOptions): Promise<OperatorServer> {
  const { host, isOwnHost, readHealth, metrics } = options;
  const app = Fastify({ forceCloseConnections: true, exposeHeadRoutes: true });
  app.addHook('onRequest', ({ raw: _ }, reply, done) => {
    void reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
    done();
  });
  app.addHook('onRequest', requireOwnHost(isOwnHost));
  app.get('/health', async (_, reply) => {
    const report = reportHealth(await readHealth());
    return reply.code(report.status === 'stopping' ? 503 : 200).send(report);
  });
  app.get('/metrics', async (_, reply) => {
    const { text, contentType } = await metrics.read();
    return reply.type(contentType).send(text);
  });
  app.options('/*', (request, reply) => answerOptions(request, reply, 'GET, HEAD, OPTIONS', undefined));
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).type('text/plain').send('Nothing is served at this path; use /health or /metrics.\n'),
  );
  await app.listen({ host, port: options.port }).catch(async (error: NodeJS.ErrnoException) => {
    if (!options.isDefault || error.code !== 'EADDRINUSE') throw error;
    await app.listen({ host, port: 0 });
  });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, stop: () => app.close() };
}
