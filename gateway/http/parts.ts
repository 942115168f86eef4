/** The first part of an answer, and what comes later → the whole as a stream, and what the record keeps of it. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Limits } from '../model/limits.ts';
import type { Later } from '../model/request.ts';
import type { GraphQLHttpAnswer } from './apollo.ts';
import { codeOf, isInternal } from './errors.ts';
import { visibleCoverage } from './executor.ts';
import { MULTIPART_TYPE, writeOnePart, writeParts } from './multipart.ts';
import type { Findings, Visit } from './visit.ts';

/** Counts what comes into the visit's findings. */
export function inPartsOf(
  answer: GraphQLHttpAnswer,
  later: AsyncIterable<Later>,
  { findings, preferences, requestId }: Visit,
  { limits, log }: { readonly limits: Limits; readonly log: Logger },
): GraphQLHttpAnswer {
  const told = orLogged(later, findings, (err) => log.error({ err, requestId }, 'an answer in parts broke off'));
  const parts = writeParts(Buffer.from(answer.body), told, {
    limits,
    visible: (coverage) => visibleCoverage(coverage, preferences.explainCoverage),
    onPart: (part) => note(part, findings),
    sign: (error, formatted) => {
      if (!isInternal(error)) return formatted;
      log.error({ err: error, requestId }, 'a part of an answer failed');
      return { ...formatted, extensions: { ...formatted.extensions, requestId } };
    },
  });
  return { ...answer, parts };
}

/** A whole answer for a client that takes parts alone: one part, which says that no more comes. */
export function inOnePart(answer: GraphQLHttpAnswer): GraphQLHttpAnswer {
  const headers = new Map(answer.headers).set('content-type', MULTIPART_TYPE);
  return { ...answer, headers, body: writeOnePart(Buffer.from(answer.body)) };
}

/** A fault of our own breaks the answer off, so that nobody takes it for whole. */
async function* orLogged(
  later: AsyncIterable<Later>,
  findings: Findings,
  onFault: (fault: unknown) => void,
): AsyncGenerator<Later> {
  try {
    yield* later;
  } catch (fault) {
    findings.codes = [...new Set([...findings.codes, 'INTERNAL'])];
    onFault(fault);
    throw fault;
  }
}

function note({ entries, coverage }: Later, findings: Findings): void {
  findings.coverage = coverage ?? findings.coverage;
  findings.codes = [...new Set([...findings.codes, ...entries.flatMap(({ errors }) => errors.map(codeOf))])];
  const rows = entries.reduce((sum, { data }) => sum + (data?.rows ?? 0), 0);
  if (findings.data) findings.data = { ...findings.data, rows: (findings.data.rows ?? 0) + rows };
}

/** `end` is called once, with the digest of what went out: when all of it did, or when the client left. */
export function streamOf(parts: AsyncIterable<Buffer>, end: (digest: () => string) => void): Readable {
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
