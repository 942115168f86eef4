/**
 * Serves the record as a subgraph on the loopback interface. The gateway calls it as any platform, with a passport. Operations
 * are for auditors only, findings for supervisors.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GraphQLRequest, PASSPORT_HEADER, parseGraphQLRequest } from '@yiwang/schema';
import { type DocumentNode, execute, GraphQLError, parse, validate, visit } from 'graphql';
import type { Logger } from 'pino';
import { ERROR_CODES, PublicError } from '../../model/errors.ts';
import type { FindingPages } from '../../model/finding.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import type { Rights } from '../../model/rights.ts';
import type { RecordReader } from '../database/record-reader.ts';
import { createRecordRoot, createRecordSchema, type RecordContext } from './record-schema.ts';

/** Id in the directory and audience of passports. */
export const RECORD_PLATFORM = 'record/100000';

export interface RecordServerOptions {
  readonly reader: RecordReader;
  /** Undefined: no findings are stored. */
  readonly findings?: FindingPages | undefined;
  /** Throws a `PublicError` for a passport that is not made out to `RECORD_PLATFORM`. */
  readonly verifyPassport: (token: unknown) => Promise<Rights>;
  readonly log: Logger;
}

export interface RecordServer {
  /** The entry for the directory. */
  readonly platform: PlatformEntry;
  stop(): Promise<void>;
}

/** SQLSTATE. */
const CHARACTER_NOT_IN_REPERTOIRE = '22021';
const BODY_BYTES_MAX = 1_048_576;

export async function startRecordServer({
  reader,
  findings,
  verifyPassport,
  log,
}: RecordServerOptions): Promise<RecordServer> {
  const schema = createRecordSchema();
  const rootValue = createRecordRoot(reader, findings);

  const handleRequest = async (request: IncomingMessage): Promise<object> => {
    const rights = await verifyPassport(request.headers[PASSPORT_HEADER]);
    const mayAudit = rights.audience === 'auditor' && rights.classes.includes('AUDIT');
    const maySupervise = rights.audience === 'supervisor' && rights.classes.includes('INTERNAL');
    if (!mayAudit && !maySupervise) throw new PublicError('OUT_OF_SCOPE', 'The record is for auditors.');
    const { query, variables } = parseBody(await readBody(request));
    const document = parse(query);
    if (!mayAudit && selects(document, 'operations'))
      throw new PublicError('OUT_OF_SCOPE', 'The record is for auditors.');
    if (!maySupervise && selects(document, 'findings'))
      throw new PublicError('OUT_OF_SCOPE', 'Findings are for supervisors.');
    const validationErrors = validate(schema, document);
    if (validationErrors.length > 0) return { errors: validationErrors };
    const contextValue: RecordContext = { region: rights.region };
    const { data, errors } = await execute({ schema, document, rootValue, contextValue, variableValues: variables });
    return { data, ...(errors ? { errors: errors.map((error) => formatExecutionError(error, log)) } : {}) };
  };
  const server = createServer((request, response) => {
    handleRequest(request).then(
      (body) => send(response, 200, body),
      (error: unknown) => {
        const isPublic = error instanceof GraphQLError;
        if (!isPublic) log.error({ err: error }, 'the record could not be read');
        const code = error instanceof PublicError ? error.code : isPublic ? 'BAD_USER_INPUT' : 'INTERNAL';
        const message = isPublic ? error.message : 'the record could not be read';
        send(response, Math.max(ERROR_CODES[code], 400), { errors: [{ message, extensions: { code } }] });
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql`;
  return {
    platform: {
      id: RECORD_PLATFORM,
      name: '操作日志',
      tier: 'NATIONAL',
      division: '100000',
      subgraphs: ['record'],
      url,
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Root fields have names that no other field has. */
function selects(document: DocumentNode, name: string): boolean {
  let isSelected = false;
  visit(document, {
    Field(node) {
      isSelected ||= node.name.value === name;
    },
  });
  return isSelected;
}

/** Logs internal errors, and formats them without their message. */
function formatExecutionError(error: GraphQLError, log: Logger) {
  const { path } = error;
  const cause = error.originalError;
  const publicError = cause instanceof PublicError ? cause : cause === undefined || cause === null ? error : undefined;
  if (publicError)
    return {
      message: publicError.message,
      path,
      extensions: { code: publicError.extensions.code ?? 'BAD_USER_INPUT' },
    };
  if (cause && 'code' in cause && cause.code === CHARACTER_NOT_IN_REPERTOIRE) {
    const message = 'a text holds the character U+0000, which nothing here can hold';
    return { message, path, extensions: { code: 'BAD_USER_INPUT' } };
  }
  log.error({ err: cause }, 'the record could not be read');
  return { message: 'the record could not be read', path, extensions: { code: 'PLATFORM_FAILED' } };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new PublicError('TOO_COSTLY', 'The question is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseBody(text: string): GraphQLRequest {
  const request = parseGraphQLRequest(parseJson(text));
  if (request) return request;
  throw new PublicError('BAD_USER_INPUT', 'Expected a JSON object with "query".');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
