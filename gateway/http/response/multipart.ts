/** An answer in parts → bytes, in the format `multipart/mixed; deferSpec=20220824`. */
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { codeOf } from '../../model/error-code.ts';
import type { Coverage, IncrementalResult } from '../../model/validated-operation.ts';
import { boundErrors, type ErrorLimits } from './bound-errors.ts';
import { formatError } from './format-error.ts';

export const MULTIPART_TYPE = 'multipart/mixed; boundary="-"; deferSpec=20220824';

/** True if `Accept` names the format. */
export function acceptsMultipart(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((text) => text.trim().toLowerCase());
    const isNamed = parameters.some((text) => /^deferspec="?20220824"?$/.test(text));
    return type === 'multipart/mixed' && isNamed && !parameters.some((text) => /^q=0(\.0*)?$/.test(text));
  });
}

export interface MultipartOptions {
  /** Limits of the errors of each payload. */
  readonly limits: ErrorLimits;
  /** Coverage as the client wants to see it. */
  readonly visibleCoverage: (coverage: Coverage | undefined) => Coverage | undefined;
  /** Called with each result before it is written. */
  readonly onPart: (later: IncrementalResult) => void;
  /** Adds the request id to internal errors. */
  readonly addRequestId: (error: GraphQLError, formatted: GraphQLFormattedError) => GraphQLFormattedError;
}

const HEAD = 'content-type: application/json; charset=utf-8\r\n\r\n';

/** `first`: the JSON text of a response, to which `hasNext: true` is added. */
export async function* writeMultipart(
  first: Buffer,
  later: AsyncIterable<IncrementalResult>,
  options: MultipartOptions,
): AsyncGenerator<Buffer> {
  const open = first.subarray(0, first.lastIndexOf('}'));
  yield Buffer.concat([Buffer.from(`\r\n---\r\n${HEAD}`), open, Buffer.from(',"hasNext":true}\r\n---\r\n')]);
  for await (const part of later) {
    options.onPart(part);
    yield writePayload(part, options);
  }
}

/** `answer`: the JSON text of a whole response. */
export function writeSinglePart(answer: Buffer): Buffer {
  const open = answer.subarray(0, answer.lastIndexOf('}'));
  return Buffer.concat([Buffer.from(`\r\n---\r\n${HEAD}`), open, Buffer.from(',"hasNext":false}\r\n-----\r\n')]);
}

function writePayload(later: IncrementalResult, options: MultipartOptions): Buffer {
  const { payloads, hasNext, withheld = [] } = later;
  const coverage = options.visibleCoverage(later.coverage);
  const extensions = { ...(coverage ? { coverage } : {}), ...(withheld.length > 0 ? { withheld } : {}) };
  const members = [
    ...(payloads.length > 0 ? [writeEntries(later, options)] : []),
    ...(Object.keys(extensions).length > 0 ? [Buffer.from(`"extensions":${JSON.stringify(extensions)}`)] : []),
    Buffer.from(`"hasNext":${hasNext}`),
  ];
  const text = members.flatMap((member, i) => (i === 0 ? [member] : [COMMA, member]));
  const end = Buffer.from(`}\r\n---${hasNext ? '' : '--'}\r\n`);
  return Buffer.concat([Buffer.from(`${HEAD}{`), ...text, end]);
}

const COMMA = Buffer.from(',');

function writeEntries({ payloads }: IncrementalResult, { limits, addRequestId }: MultipartOptions): Buffer {
  const texts = payloads.flatMap(({ label, path, data, errors }, i) => {
    const formatted = errors.map((error) => addRequestId(error, formatError(toFormatted(error), error)));
    const bounded = boundErrors(formatted, limits);
    const head = [
      ...(label === undefined ? [] : [`"label":${JSON.stringify(label)}`]),
      `"path":${JSON.stringify(path)}`,
      ...(bounded.length > 0 ? [`"errors":${JSON.stringify(bounded)}`] : []),
    ];
    const open = Buffer.from(`${i === 0 ? '' : ','}{${head.join(',')},"data":`);
    return [open, data?.bytes ?? NULL, CLOSE];
  });
  return Buffer.concat([Buffer.from('"incremental":['), ...texts, Buffer.from(']')]);
}

const NULL = Buffer.from('null');
const CLOSE = Buffer.from('}');

/** A fragment may fail with an internal error. */
function toFormatted(error: GraphQLError): GraphQLFormattedError {
  return codeOf(error) === 'INTERNAL' ? { message: '' } : error.toJSON();
}
