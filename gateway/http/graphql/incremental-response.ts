/** The first part of an answer, and what comes later → the whole as a stream, and what the record keeps of it. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Limits } from '../../model/limits.ts';
import type { IncrementalResult } from '../../model/validated-operation.ts';
import type { OperationContext, OperationResult } from '../lifecycle/operation-context.ts';
import { codeOf, isInternal } from '../response/errors.ts';
import { MULTIPART_TYPE, writeMultipart, writeSinglePart } from '../response/multipart.ts';
import type { GraphQLHttpAnswer } from './apollo.ts';
import { visibleCoverage } from './executor.ts';

/** Counts what comes into the visit's findings. */
export function toIncrementalResponse(
  answer: GraphQLHttpAnswer,
  later: AsyncIterable<IncrementalResult>,
  { result, preferences, requestId }: OperationContext,
  { limits, log }: { readonly limits: Limits; readonly log: Logger },
): GraphQLHttpAnswer {
  const logged = logFailure(later, result, (err) => log.error({ err, requestId }, 'an answer in parts broke off'));
  const parts = writeMultipart(Buffer.from(answer.body), logged, {
    limits,
    visibleCoverage: (coverage) => visibleCoverage(coverage, preferences.explainCoverage),
    onPart: (part) => recordPayload(part, result),
    addRequestId: (error, formatted) => {
      if (!isInternal(error)) return formatted;
      log.error({ err: error, requestId }, 'a part of an answer failed');
      return { ...formatted, extensions: { ...formatted.extensions, requestId } };
    },
  });
  return { ...answer, parts };
}

/** A whole answer for a client that takes parts alone: one part, which says that no more comes. */
export function toSinglePartResponse(answer: GraphQLHttpAnswer): GraphQLHttpAnswer {
  const headers = new Map(answer.headers).set('content-type', MULTIPART_TYPE);
  return { ...answer, headers, body: writeSinglePart(Buffer.from(answer.body)) };
}

/** A fault of our own breaks the answer off, so that nobody takes it for whole. */
async function* logFailure(
  later: AsyncIterable<IncrementalResult>,
  findings: OperationResult,
  onFault: (fault: unknown) => void,
): AsyncGenerator<IncrementalResult> {
  try {
    yield* later;
  } catch (fault) {
    findings.codes = [...new Set([...findings.codes, 'INTERNAL'])];
    onFault(fault);
    throw fault;
  }
}

function recordPayload({ payloads, coverage }: IncrementalResult, findings: OperationResult): void {
  findings.coverage = coverage ?? findings.coverage;
  findings.codes = [...new Set([...findings.codes, ...payloads.flatMap(({ errors }) => errors.map(codeOf))])];
  const rows = payloads.reduce((sum, { data }) => sum + (data?.rows ?? 0), 0);
  if (findings.data) findings.data = { ...findings.data, rows: (findings.data.rows ?? 0) + rows };
}

/** `end` is called once, with the digest of what went out: when all of it did, or when the client left. */
export function toStream(parts: AsyncIterable<Buffer>, end: (digest: () => string) => void): Readable {
  const hash = createHash('sha256');
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for await (const part of parts) {
      hash.update(part);
      yield part;
    }
  };
  const stream = Readable.from(hashed(), { objectMode: false });
  stream.once('close', () => end(() => hash.digest('hex')));
  return stream;
}
