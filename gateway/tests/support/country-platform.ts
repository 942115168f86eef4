/** A real HTTP server for the whole country, not partitioned, which may report a version of its reference data. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { REFERENCE_VERSION_HEADER } from '@yiwang/schema';
import { buildSchema, type ExecutionResult, graphql } from 'graphql';

export interface Call {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** What it answers; undefined where it has seen to the response itself. */
export type Answer = (call: Call, well: () => Promise<ExecutionResult>, response: ServerResponse) => unknown;

export interface CountryPlatform {
  readonly url: string;
  /** Those that came, oldest first. */
  readonly calls: Call[];
  /** Of its reference data, named on every answer; undefined names none. */
  version: string | undefined;
  answer: Answer;
  close(): void;
}

export const well: Answer = (_, ask) => ask();

/** `sdl` with `_entities`; directives of the standard may stay in it. */
export async function startCountryPlatform(sdl: string, rootValue: object): Promise<CountryPlatform> {
  const schema = buildSchema(
    `directive @key(fields: String!) on OBJECT directive @classified(as: String!) on OBJECT | FIELD_DEFINITION
     directive @jurisdiction on FIELD_DEFINITION scalar _Any scalar DivisionCode ${sdl}`,
    { assumeValidSDL: true },
  );
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Call;
    platform.calls.push(call);
    if (platform.version !== undefined) response.setHeader(REFERENCE_VERSION_HEADER, platform.version);
    const ask = () => graphql({ schema, source: call.query, variableValues: call.variables, rootValue });
    const answer = await platform.answer(call, async () => JSON.parse(JSON.stringify(await ask())), response);
    if (answer !== undefined) response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const platform: CountryPlatform = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    calls: [],
    version: undefined,
    answer: well,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return platform;
}
