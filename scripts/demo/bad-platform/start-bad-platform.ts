/**
 * A platform whose schema conforms and whose rows do not: each breaks one rule of the standard. It shows what a gateway
 * makes of it, beside platforms whose answers stay as they are.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import { standardVersion } from '@yiwang/schema/standard';
import { graphql } from 'graphql';
import { BAD_DIVISION } from './bad-rows.ts';
import { createLenientSchema } from './lenient-schema.ts';
import { resolveField } from './resolve.ts';

export interface BadPlatform {
  readonly entry: PlatformEntry;
  close(): Promise<void>;
}

const SUBGRAPHS = ['municipal', 'hotline'];
const BODY_BYTES_MAX = 4_194_304;

/** Listens on the loopback interface. */
export async function startBadPlatform(): Promise<BadPlatform> {
  const { schema, sdl } = createLenientSchema(SUBGRAPHS);
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/health') {
      response.end(JSON.stringify({ status: 'ok', standard: standardVersion() }));
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request) {
      bytes += (chunk as Buffer).length;
      if (bytes > BODY_BYTES_MAX) return void response.writeHead(413).end();
      chunks.push(chunk as Buffer);
    }
    response.end(await answer(Buffer.concat(chunks).toString('utf8')));
  });
  const answer = async (body: string): Promise<string> => {
    try {
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
      const rootValue = { _service: { sdl } };
      const request = { schema, source: query, rootValue, fieldResolver: resolveField };
      return JSON.stringify(await graphql(variables ? { ...request, variableValues: variables } : request));
    } catch (error) {
      return JSON.stringify({ errors: [{ message: (error as Error).message }] });
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    entry: {
      id: `municipal/${BAD_DIVISION}`,
      name: '十堰市城市运行管理服务平台（违反标准的示例）',
      tier: 'MUNICIPAL',
      division: BAD_DIVISION,
      subgraphs: SUBGRAPHS,
      url: `http://127.0.0.1:${port}/graphql`,
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
