/** The first part of an answer and the results after it → one response, and what the record keeps of it. */
import type { Logger } from 'pino';
import { codeOf, isInternal } from '../../model/error-code.ts';
import type { Limits } from '../../model/limits.ts';
import type { IncrementalResult } from '../../model/validated-operation.ts';
import { type HttpResponse, type RequestContext, visibleCoverage } from '../../pipeline/index.ts';
import { MULTIPART_TYPE, writeMultipart, writeSinglePart } from '../response/multipart.ts';
import type { QueryContext } from './query-context.ts';

export function toIncrementalResponse(
  response: HttpResponse,
  results: AsyncIterable<IncrementalResult>,
  { context, head: { explainCoverage, requestId } }: QueryContext,
  { limits, log }: { readonly limits: Limits; readonly log: Logger },
): HttpResponse {
  const parts = writeMultipart(Buffer.from(response.body), logFailure(results, context, log), {
    limits,
    visibleCoverage: (coverage) => visibleCoverage(coverage, explainCoverage),
    onPart: (result) => addToContext(result, context),
    addRequestId: (error, formatted) => {
      if (!isInternal(error)) return formatted;
      log.error({ err: error, requestId }, 'a deferred fragment failed');
      return { ...formatted, extensions: { ...formatted.extensions, requestId } };
    },
  });
  return { ...response, parts };
}

/** A whole answer for a client that accepts nothing but multipart: one part, which says that no more comes. */
export function toSinglePartResponse(response: HttpResponse): HttpResponse {
  const headers = new Map(response.headers).set('content-type', MULTIPART_TYPE);
  return { ...response, headers, body: writeSinglePart(Buffer.from(response.body)) };
}

/** An internal error ends the stream early, so that no client takes the answer for whole. */
async function* logFailure(
  results: AsyncIterable<IncrementalResult>,
  context: RequestContext,
  log: Logger,
): AsyncGenerator<IncrementalResult> {
  try {
    yield* results;
  } catch (err) {
    context.codes = [...new Set([...context.codes, 'INTERNAL'])];
    log.error({ err, requestId: context.requestId }, 'incremental delivery ended early');
    throw err;
  }
}

function addToContext({ payloads, coverage }: IncrementalResult, context: RequestContext): void {
  const { codes, data } = context;
  context.coverage = coverage ?? context.coverage;
  context.codes = [...new Set([...codes, ...payloads.flatMap(({ errors }) => errors.map(codeOf))])];
  const rows = payloads.reduce((sum, payload) => sum + (payload.data?.rows ?? 0), 0);
  if (data) context.data = { ...data, rows: (data.rows ?? 0) + rows };
}
