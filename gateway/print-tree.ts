/** What a run has in its tree → bytes: in one go, or with pauses where much came. */
import { inSlices } from './kit/in-slices.ts';
import { bytesOf, createSink, writeAscii } from './kit/json-sink.ts';
import type { Limits } from './model/limits.ts';
import type { PrintedData, Spent } from './model/request.ts';
import type { Print } from './respond/index.ts';

/** A tree, what is known of what lacks in it, and what was spent on it. */
export interface Printable {
  readonly tree: Readonly<Record<string, unknown>>;
  readonly ledger: Pick<Parameters<Print['now']>[1], 'explains' | 'isGap' | 'error'>;
  readonly spent: Pick<Spent, 'bytes'>;
}

/** Null where a null bubbled up to the top. */
export async function printTree(
  { tree, ledger, spent }: Printable,
  print: Print,
  limits: Pick<Limits, 'parseSliceBytes' | 'sliceMs'>,
): Promise<PrintedData | null> {
  const isBig = spent.bytes > limits.parseSliceBytes;
  const sink = isBig ? createSink() : SINK;
  sink.at = 0;
  writeAscii(sink, HEAD);
  const printing = { explains: ledger.explains, isGap: ledger.isGap, error: ledger.error, rows: 0, sink };
  const isThere = isBig
    ? await inSlices((isDue) => print.slowly(tree, printing, isDue), limits.sliceMs)
    : print.now(tree, printing);
  if (!isThere) return null;
  writeAscii(sink, TAIL);
  const answer = bytesOf(sink);
  return { bytes: answer.subarray(HEAD.length, answer.length - TAIL.length), rows: printing.rows, answer };
}

/** Of an answer that holds data and nothing else, so that it is not copied once more. */
const HEAD = '{"data":';
const TAIL = '}\n';

/** For what is printed without a pause. */
const SINK = createSink();
