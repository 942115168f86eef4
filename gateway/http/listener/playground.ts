/** `/`: the playground, from the project's own bundle. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type IsOwnHost, requireOwnHost } from './host-check.ts';

export interface PlaygroundOptions {
  /** The folder of the bundle. */
  readonly folder: string;
  /** Resolves when the bundle is there, with false if it could not be built. */
  readonly ready: Promise<boolean>;
  /** Content of the page: in the demo, questions and identities with tokens. */
  readonly content: () => Promise<unknown>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
};

/** The editor sets inline styles, and runs its workers from the bundle. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `isOwnHost`: the content holds tokens, which no page of another host may read. */
export function servePlayground(
  app: FastifyInstance,
  { folder, ready, content }: PlaygroundOptions,
  isOwnHost: IsOwnHost,
): void {
  const send = async (name: string) => {
    const type = TYPES[extname(name)];
    if (type === undefined || !/^[\w.-]+$/.test(name)) return undefined;
    await ready;
    return readFile(join(folder, name)).then(
      (bytes) => ({ bytes, type }),
      () => undefined,
    );
  };
  app.get('/', async (_, reply) => {
    const page = await send('index.html');
    if (page === undefined)
      return reply.code(404).type('text/plain').send('The playground could not be built; the log says why.\n');
    return reply
      .type(page.type)
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-cache')
      .send(page.bytes);
  });
  app.get<{ Params: { name: string } }>('/playground/:name', async (request, reply) => {
    const file = await send(request.params.name);
    if (file === undefined) return reply.code(404).type('text/plain').send('There is no such file.\n');
    return reply
      .type(file.type)
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-cache')
      .send(file.bytes);
  });
  app.get('/playground/content', { onRequest: requireOwnHost(isOwnHost) }, async (_, reply) =>
    reply.send(await content()),
  );
}
