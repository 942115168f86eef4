/** The record as a subgraph: its schema, and the resolver of its root field. */
import { attachScalars, encodePosition, intersect, parsePosition, type Region, regionOf, union } from '@yiwang/schema';
import { completeSdl, readDirectiveDefinitions, readDocument } from '@yiwang/schema/sdl';
import { buildASTSchema, type GraphQLSchema, Kind } from 'graphql';
import { PublicError } from '../../model/errors.ts';
import type { FindingPages } from '../../model/finding.ts';
import type { RecordFilter, RecordQuery, RecordReader, RecordRow } from '../database/record-reader.ts';
import { createFindingsRoot } from './findings-root.ts';
import { parseSize } from './page-size.ts';

export interface RecordContext {
  /** Jurisdiction of the caller. */
  readonly region: Region;
}

interface OperationsArguments {
  readonly within?: string | null;
  readonly withinAny?: readonly string[] | null;
  readonly filter?: RecordFilter | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

const ORDER = 'NUMBER:DESC';

/** Directives of federation matter for composition; here they only need a definition. */
export function createRecordSchema(): GraphQLSchema {
  const own = completeSdl(readDocument(new URL('./schema.graphql', import.meta.url)));
  const definitions = [...readDirectiveDefinitions().definitions, ...own.definitions];
  return attachScalars(buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValidSDL: true }));
}

/**
 * Every part of a page is a function, which GraphQL's default resolver calls: parts that are not selected are not read.
 */
export function createRecordRoot(reader: RecordReader, findings?: FindingPages) {
  return {
    findings: createFindingsRoot(findings),
    operations({ within, withinAny, filter, first, after }: OperationsArguments, { region }: RecordContext) {
      const size = parseSize(first);
      const before = parseCursor(after);
      // The gateway refuses both at once before it asks.
      const places = withinAny ?? (within ? [within] : undefined);
      const recordQuery: RecordQuery = {
        region: places ? intersect(region, union(...places.map(regionOf))) : region,
        filter: filter ?? {},
      };
      let pendingRows: Promise<readonly RecordRow[]> | undefined;
      const readRows = (): Promise<readonly RecordRow[]> => {
        pendingRows ??= reader.readPage(recordQuery, before, size + 1);
        return pendingRows;
      };
      const edges = async () =>
        (await readRows()).slice(0, size).map((row) => ({ node: toOperation(row), cursor: encodeCursor(row) }));
      return {
        edges,
        nodes: async () => (await edges()).map(({ node }) => node),
        pageInfo: async () => {
          const rows = await readRows();
          const last = rows.slice(0, size).at(-1);
          return { hasNextPage: rows.length > size, endCursor: last ? encodeCursor(last) : null };
        },
        totalCount: () => reader.count(recordQuery),
      };
    },
  };
}

function encodeCursor({ id }: RecordRow): string {
  return encodePosition({ order: ORDER, value: Number(id), division: '', id });
}

function parseCursor(after: string | null | undefined): string | undefined {
  if (after === null || after === undefined) return undefined;
  const position = parsePosition(after);
  if (position?.order === ORDER && /^\d{1,18}$/.test(position.id)) return position.id;
  throw new PublicError(
    'BAD_USER_INPUT',
    'after is no cursor of this page; an endCursor of the page before was expected',
  );
}

function toOperation(row: RecordRow) {
  return {
    id: row.id,
    at: row.at,
    recordedAt: row.recorded_at,
    requestId: row.request_id,
    subject: row.subject,
    tier: row.tier,
    division: row.division === null ? null : { code: row.division },
    department: row.department === null ? null : { code: row.department },
    audience: row.audience?.toUpperCase() ?? null,
    purpose: row.purpose,
    matter: row.matter,
    address: row.address,
    name: row.operation_name,
    text: row.operation_text,
    hash: row.operation_hash,
    variables: row.variables === null ? null : JSON.stringify(row.variables),
    sentDigest: row.sent_digest,
    fields: Object.entries(row.fields ?? {}).map(([dataClass, coordinates]) => ({ dataClass, coordinates })),
    platforms: row.platforms,
    rows: row.row_count,
    outcome: row.outcome.toUpperCase(),
    codes: row.codes,
    durationMs: row.duration_ms,
    answerDigest: row.answer_digest,
  };
}
