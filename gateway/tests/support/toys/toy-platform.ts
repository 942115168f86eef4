/** A real HTTP server that answers as a platform of the toy subgraph, well or with any fault. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PASSPORT_HEADER, type PassportClaims, REFERENCE_VERSION_HEADER, regionOfBounds } from '@yiwang/schema';
import { completeSdl, mergeSdl, readDirectiveDefinitions, readDocument } from '@yiwang/schema/sdl';
import {
  buildASTSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  extendSchema,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { LIVENESS_QUERY } from '../../../fetch/endpoint/liveness-check.ts';
import { type Row, toyRoot } from './toy-data.ts';

export const TOY_SDL = readDocument(new URL('./toy.graphql', import.meta.url));

export type Behaviour =
  | { readonly kind: 'well' }
  | { readonly kind: 'hang' }
  /** Answers well, once this has settled. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  | { readonly kind: 'status'; readonly status: number; readonly body: string }
  | { readonly kind: 'reset' }
  /** As this call of it says. */
  | { readonly kind: 'by-call'; readonly of: (call: ToyCall) => Behaviour }
  /** The well-behaved answer's data, changed. */
  | { readonly kind: 'change'; readonly change: (data: Record<string, unknown>) => unknown };

export interface ToyCall {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly claims: PassportClaims | undefined;
}

export interface ToyPlatform {
  readonly url: string;
  rows: readonly Row[];
  behaviour: Behaviour;
  /** False shows all rows to everybody, as a platform without row security does. */
  guarded: boolean;
  /** The version of reference data that it names; undefined names none. */
  reference: string | undefined;
  /** The calls that came, oldest first. */
  readonly calls: ToyCall[];
  close(): Promise<void>;
}

export const TOY_SCHEMA = createToySchema();

export async function startToyPlatform(standard = '1'): Promise<ToyPlatform> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const platform: ToyPlatform = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    rows: [],
    behaviour: { kind: 'well' },
    guarded: true,
    reference: undefined,
    calls: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { query, variables } = await readJson(request);
    const passport = request.headers[PASSPORT_HEADER];
    const claims = typeof passport === 'string' ? claimsOf(passport) : undefined;
    const call: ToyCall = { query, variables, claims };
    const isLook = query === LOOK;
    if (!isLook) platform.calls.push(call);
    if (platform.reference !== undefined) response.setHeader(REFERENCE_VERSION_HEADER, platform.reference);
    let { behaviour } = platform;
    while (behaviour.kind === 'by-call') behaviour = isLook ? { kind: 'well' } : behaviour.of(call);
    if (behaviour.kind === 'hang') return;
    if (behaviour.kind === 'hold') await behaviour.until;
    if (behaviour.kind === 'reset') return void request.socket.destroy();
    if (behaviour.kind === 'status') return send(response, behaviour.status, behaviour.body);
    const scope = platform.guarded ? regionOfBounds(claims?.scope ?? []) : regionOfBounds(['', '~']);
    const root = toyRoot(platform.rows, scope, standard);
    const { document, errors } = parseAndValidate(query);
    const rootValue = { ...root, _entities: entities(root) };
    const result: ExecutionResult =
      errors.length > 0
        ? { errors }
        : await execute({ schema: TOY_SCHEMA, document, variableValues: variables, rootValue });
    const data = behaviour.kind === 'change' ? behaviour.change(result.data as Record<string, unknown>) : result.data;
    send(response, 200, JSON.stringify({ ...result, data }));
  };
  return platform;
}

/** With it the gateway looks whether a platform is there, whenever that is in doubt: no call of an operation. */
const { query: LOOK } = JSON.parse(LIVENESS_QUERY) as { readonly query: string };

const VALIDATED = new Map<string, { readonly document: DocumentNode; readonly errors: readonly GraphQLError[] }>();

/** Each text is parsed and validated once, whichever platform it is sent to. */
function parseAndValidate(query: string) {
  let validated = VALIDATED.get(query);
  if (!validated) {
    const document = parse(query);
    validated = { document, errors: validate(TOY_SCHEMA, document) };
    VALIDATED.set(query, validated);
  }
  return validated;
}

function entities(root: ReturnType<typeof toyRoot>) {
  return ({ representations }: { representations: readonly Record<string, string>[] }) =>
    representations.map((key) =>
      key.__typename === 'Division' ? root.division(key.code!) : root.row({ id: key.id! }),
    );
}

function createToySchema(): GraphQLSchema {
  const federation = parse('directive @key(fields: String!) on OBJECT directive @shareable on OBJECT scalar _Any');
  const schema = buildASTSchema(mergeSdl([federation, readDirectiveDefinitions(), completeSdl(TOY_SDL)]), {
    assumeValidSDL: true,
  });
  return extendSchema(
    schema,
    parse('union _Entity = Division | Row extend type Query { _entities(representations: [_Any!]!): [_Entity]! }'),
    { assumeValidSDL: true },
  );
}

/**
 * A passport as the gateway signs it, or its bare claims from an engine without a key; toys do not check who signed.
 */
function claimsOf(passport: string): PassportClaims {
  const isBare = passport.startsWith('{');
  const json = isBare ? passport : Buffer.from(passport.split('.')[1] ?? '', 'base64url').toString('utf8');
  return JSON.parse(json) as PassportClaims;
}

async function readJson(request: IncomingMessage): Promise<{ query: string; variables: Record<string, unknown> }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as { query: string; variables: Record<string, unknown> };
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
