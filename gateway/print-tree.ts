/** What a run has in its tree → bytes: in one go, or with pauses where much is to be written. */
import { inSlices } from './kit/in-slices.ts';
import { bytesOf, createSink, type JsonSink, writeAscii } from './kit/json-sink.ts';
import { PublicError } from './model/errors.ts';
import type { Limits } from './model/limits.ts';
import type { PrintedData, Signal, Spent } from './model/request.ts';
import { type Print, tooManyBytes } from './respond/index.ts';

/** A tree, what is known of what lacks in it, what was spent on it, and how long it may take. */
export interface Printable {
  readonly tree: Readonly<Record<string, unknown>>;
  readonly ledger: Pick<Parameters<Print['now']>[1], 'explains' | 'isGap'> & {
    breach(error: PublicError): void;
  };
  /** What is printed is added. */
  readonly spent: Pick<Spent, 'bytes' | 'printedBytes' | 'printedRows'>;
  readonly signal: Signal;
  /** Milliseconds of `performance.now()`. */
  readonly dueAt: number;
}

export type PrintLimits = Pick<
  Limits,
  'parseSliceBytes' | 'sliceMs' | 'responseBytesMax' | 'rowsMax' | 'deadlineGraceMs'
>;

/**
 * Null where a null bubbled up to the top. How much there is to write shows as it is written: objects that came once may stand in many
 * places. Throws `TOO_COSTLY` where it comes to more than an answer may, or takes longer.
 */
export async function printTree(printable: Printable, print: Print, limits: PrintLimits): Promise<PrintedData | null> {
  const { tree, spent } = printable;
  const isBig = spent.bytes > limits.parseSliceBytes;
  let printing = begin(printable, isBig ? createSink() : SINK, limits);
  let isThere = isBig ? undefined : print.now(tree, printing, limits.parseSliceBytes);
  if (isThere === undefined) {
    if (!isBig) printing = begin(printable, createSink(), limits);
    const assertTime = () => assertStillWanted(printable, limits);
    isThere = await inSlices((isDue) => print.slowly(tree, printing, isDue), limits.sliceMs, assertTime);
  }
  if (!isThere) return null;
  const { sink, rows } = printing;
  writeAscii(sink, TAIL);
  const answer = bytesOf(sink);
  const bytes = answer.subarray(HEAD.length, answer.length - TAIL.length);
  spent.printedBytes += bytes.length;
  spent.printedRows += rows;
  return { bytes, rows, answer };
}

/** What came as text already. Throws `TOO_COSTLY` where it is more than an answer may come to. */
export function passOn(bytes: Buffer, { responseBytesMax }: Pick<Limits, 'responseBytesMax'>): PrintedData {
  if (bytes.length > responseBytesMax) throw tooManyBytes(responseBytesMax);
  return { bytes, rows: undefined };
}

/** Of an answer that holds data and nothing else, so that it is not copied once more. */
const HEAD = '{"data":';
const TAIL = '}\n';

/** For what is printed without a pause. */
const SINK = createSink();

function begin({ ledger, spent }: Printable, sink: JsonSink, { responseBytesMax, rowsMax }: PrintLimits) {
  sink.at = 0;
  writeAscii(sink, HEAD);
  const bytesMax = HEAD.length + responseBytesMax - spent.printedBytes;
  const { explains, isGap, breach: error } = ledger;
  return { explains, isGap, error, rows: 0, sink, pauseAt: 0, bytesMax, rowsMax: rowsMax - spent.printedRows };
}

function assertStillWanted({ signal, dueAt }: Printable, { deadlineGraceMs }: PrintLimits): void {
  if (!signal.aborted && performance.now() <= dueAt + deadlineGraceMs) return;
  const message = 'The answer could not be written before its deadline; ask for less at a time.';
  throw new PublicError('TOO_COSTLY', message, { extensions: { limit: 'operationDeadlineMs' } });
}
