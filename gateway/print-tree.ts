/** What a run has in its tree → bytes: in one go, or with pauses where much came. */
import { inSlices } from './kit/in-slices.ts';
import { bytesOf, createSink } from './kit/json-sink.ts';
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
  const printing = { explains: ledger.explains, isGap: ledger.isGap, error: ledger.error, rows: 0, sink };
  const isThere = isBig
    ? await inSlices((isDue) => print.slowly(tree, printing, isDue), limits.sliceMs)
    : print.now(tree, printing);
  return isThere ? { bytes: bytesOf(sink), rows: printing.rows } : null;
}

/** For what is printed without a pause. */
const SINK = createSink();
