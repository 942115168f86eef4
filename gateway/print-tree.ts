/** What a run has in its tree → bytes: in one go, or with pauses where much came. */
import { inSlices } from './kit/in-slices.ts';
import { bytesOf, createSink } from './kit/json-sink.ts';
import type { Limits } from './model/limits.ts';
import type { PrintedData } from './model/request.ts';
import type { Print } from './respond/index.ts';

/** A tree, what is known of what lacks in it, and the bytes of the answers that it is made of. */
export interface Printable {
  readonly tree: Readonly<Record<string, unknown>>;
  readonly ledger: Pick<Parameters<Print['now']>[1], 'explains' | 'isGap' | 'error'>;
  readonly bytes: number;
}

/** Null where a null bubbled up to the top. */
export async function printTree(
  { tree, ledger, bytes }: Printable,
  print: Print,
  limits: Pick<Limits, 'parseSliceBytes' | 'sliceMs'>,
): Promise<PrintedData | null> {
  const isBig = bytes > limits.parseSliceBytes;
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
