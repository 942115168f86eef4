/** The tree of a run → JSON: in one go, or with pauses if it is large. */
import { runCooperatively } from '../../kit/concurrency/run-cooperatively.ts';
import { copyBytes, createJsonWriter, type JsonWriter, writeAscii } from '../../kit/json/json-writer.ts';
import type { BreachReporter } from '../../model/checks.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { CancelSignal, JsonData, OperationUsage } from '../../model/validated-operation.ts';
import {
  createTooManyBytesError,
  type NullReporter,
  type SerializationState,
  type Serializer,
} from '../../respond/index.ts';

/** A tree with the reasons of its nulls, its usage and its deadline. */
export interface SerializableTree {
  readonly tree: Readonly<Record<string, unknown>>;
  readonly collector: NullReporter;
  /** Undefined without the checks of the standard. */
  readonly breaches?: BreachReporter | undefined;
  /** Serialization adds to it. */
  readonly usage: Pick<OperationUsage, 'bytes' | 'serializedBytes' | 'serializedRows'>;
  readonly signal: CancelSignal;
  /** Milliseconds of `performance.now()`. */
  readonly dueAt: number;
}

export type SerializeLimits = Pick<
  Limits,
  'parseSliceBytes' | 'sliceMs' | 'responseBytesMax' | 'rowsMax' | 'deadlineGraceMs'
>;

/**
 * Returns null if a null bubbled up to the root. The size is known only while the tree is written, since one object may
 * be at many positions. Throws `TOO_COSTLY` if the data is larger than a response may be, or takes longer.
 */
export async function serializeTree(
  printable: SerializableTree,
  print: Serializer,
  limits: SerializeLimits,
): Promise<JsonData | null> {
  const { tree, usage } = printable;
  const isBig = usage.bytes > limits.parseSliceBytes;
  let printing = startSerializing(printable, isBig ? createJsonWriter() : SINK, limits);
  let isWritten = isBig ? undefined : print.serialize(tree, printing, limits.parseSliceBytes);
  if (isWritten === undefined) {
    if (!isBig) printing = startSerializing(printable, createJsonWriter(), limits);
    const assertTime = () => assertInTime(printable, limits);
    isWritten = await runCooperatively(
      (isDue) => print.serializeCooperatively(tree, printing, isDue),
      limits.sliceMs,
      assertTime,
    );
  }
  printable.breaches?.finish();
  if (!isWritten) return null;
  const { output, rows } = printing;
  writeAscii(output, TAIL);
  const answer = copyBytes(output);
  const bytes = answer.subarray(HEAD.length, answer.length - TAIL.length);
  usage.serializedBytes += bytes.length;
  usage.serializedRows += rows;
  return { bytes, rows, responseBody: answer };
}

/** Passes data through that is JSON already. Throws `TOO_COSTLY` if it is larger than a response may be. */
export function passThrough(bytes: Buffer, { responseBytesMax }: Pick<Limits, 'responseBytesMax'>): JsonData {
  if (bytes.length > responseBytesMax) throw createTooManyBytesError(responseBytesMax);
  return { bytes, rows: undefined };
}

/** Written around the data, so that a response without errors and extensions is not copied again. */
const HEAD = '{"data":';
const TAIL = '}\n';

/** Shared by everything that is written without a pause. */
const SINK = createJsonWriter();

function startSerializing(
  { collector, breaches, usage }: SerializableTree,
  output: JsonWriter,
  { responseBytesMax, rowsMax }: SerializeLimits,
): SerializationState {
  output.at = 0;
  writeAscii(output, HEAD);
  const bytesMax = HEAD.length + responseBytesMax - usage.serializedBytes;
  const rowsLeft = rowsMax - usage.serializedRows;
  return { reporter: collector, breaches, rows: 0, output, pauseAt: 0, bytesMax, rowsMax: rowsLeft };
}

function assertInTime({ signal, dueAt }: SerializableTree, { deadlineGraceMs }: SerializeLimits): void {
  if (!signal.aborted && performance.now() <= dueAt + deadlineGraceMs) return;
  const message = 'The answer could not be written before its deadline; ask for less at a time.';
  throw new PublicError('TOO_COSTLY', message, { extensions: { limit: 'operationDeadlineMs' } });
}
