/** A request and its response → its entry in the record, and the facts for metrics. */
import type { Limits } from '../../model/limits.ts';
import type { RecordEntry } from '../../model/record-entry.ts';
import type { HttpRequest, HttpResponse, RequestContext } from '../context.ts';
import { countRows } from './count-rows.ts';

/** Facts of a request that need no look at its data. */
export type RequestFacts = Pick<RecordEntry, 'outcome' | 'codes' | 'durationMs'>;

export function factsOf(context: RequestContext, response: HttpResponse): RequestFacts {
  const { codes, elapsedMs } = context;
  return { outcome: outcomeOf(context, response), codes, durationMs: Math.round(elapsedMs) };
}

interface EntryOptions {
  readonly request: HttpRequest;
  readonly limits: Pick<Limits, 'recordRefusedTextMax'>;
  /** SHA-256 of the body of the response. */
  readonly digest: string;
}

export function toRecordEntry(
  { receivedAt, requestId, rights, operation, coverage, data }: RequestContext,
  facts: RequestFacts,
  { request, limits, digest }: EntryOptions,
): RecordEntry {
  return {
    ...facts,
    receivedAt,
    requestId,
    rights,
    operation,
    refusedText: operation ? undefined : copyStart(readOperationText(request), limits.recordRefusedTextMax),
    address: rights ? undefined : request.ip,
    platforms: [...new Set(coverage?.platforms.map(({ platform }) => platform))].sort(),
    rows: data?.rows ?? countRows(data?.bytes),
    answerDigest: digest,
  };
}

/** A slice would keep the whole text in memory while it waits to be written. */
function copyStart(text: string | undefined, charactersMax: number): string | undefined {
  return text === undefined ? undefined : Buffer.from(text.slice(0, charactersMax), 'utf16le').toString('utf16le');
}

/** Text of the operation in the body or in the URL. */
function readOperationText({ body, query }: HttpRequest): string | undefined {
  for (const part of [body, query]) {
    if (typeof part !== 'object' || part === null || !('query' in part)) continue;
    if (typeof part.query === 'string') return part.query;
  }
  return undefined;
}

function outcomeOf({ codes, data }: RequestContext, { status }: HttpResponse): RecordEntry['outcome'] {
  if (data !== undefined && data !== null) return codes.length === 0 ? 'answered' : 'partial';
  return codes.includes('INTERNAL') || status === 500 ? 'failed' : 'refused';
}
