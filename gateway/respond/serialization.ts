/** What belongs to the printing of one answer, and what every writer of a value does with it. */
import { type JsonWriter, writeBytes } from '../kit/json/json-writer.ts';
import { type Path, PublicError } from '../model/errors.ts';

/** What belongs to one answer. */
export interface SerializationState {
  /** True where the ledger has said already why nothing is there. */
  explains(path: Path): boolean;
  /** True where a platform's part is missing: a null of its making goes no further up, since others answered that. */
  isGap(path: Path): boolean;
  error(error: PublicError): void;
  /** Objects in lists, and objects at the root that are not pages, so far. */
  rows: number;
  readonly sink: JsonWriter;
  /** Where the sink is beyond it, `now` gives up: see `inOneGo`. */
  pauseAt: number;
  /** The answer may come to no more bytes. */
  readonly bytesMax: number;
  readonly rowsMax: number;
}

export type ReadonlyTree = Readonly<Record<string, unknown>>;

/** Where a value is. */
export interface PathNode {
  readonly parent: PathNode | undefined;
  readonly key: string | number;
}

/** What became of a place. */
export type WriteResult =
  /** It may not hold a null and gets one, so that nothing is written: what is around it becomes null. */
  typeof BUBBLE | typeof VALUE | typeof NULL;
export const BUBBLE = 0;
export const VALUE = 1;
export const NULL = 2;

/** Gives up with `OVERRUN` where it comes to more than one go. */
export type Write = (
  value: unknown,
  at: PathNode | undefined,
  key: string | number,
  state: SerializationState,
) => WriteResult;
export type WriteCooperatively = (
  value: unknown,
  at: PathNode | undefined,
  key: string | number,
  state: SerializationState,
  isDue: () => boolean,
) => Generator<void, WriteResult>;

export interface ValueSerializer {
  /** To be called by `inOneGo`, or by what is. */
  readonly now: Write;
  /** Undefined where the value is small. */
  readonly slowly: WriteCooperatively | undefined;
}

const NULL_TEXT = Buffer.from('null');

/** Thrown by `now`; the same for all, since nobody asks where. */
export const OVER_BUDGET = new Error('it is too much to be written in one go');

/** Up to so much is written without a pause. */
const UNPAUSED_BYTES = 65_536;

/**
 * Undefined where it is too much to be written in one go, and nothing is written: `slowly` is for that. Errors that it reported by then
 * are reported again. `bytes`: of one go.
 */
export function attemptUnpaused<T>(state: SerializationState, write: () => T, bytes = UNPAUSED_BYTES): T | undefined {
  const before = createCheckpoint(state);
  state.pauseAt = before.mark + bytes;
  try {
    return write();
  } catch (error) {
    if (error !== OVER_BUDGET) throw error;
    state.rows = before.rows;
    state.sink.at = before.mark;
    return undefined;
  }
}

/** Throws where the answer comes to more than it may. */
export function assertWithinLimits({ sink, rows, bytesMax, rowsMax }: SerializationState): void {
  if (sink.at > bytesMax) throw createTooManyBytesError(bytesMax);
  if (rows > rowsMax) {
    const message = `The answer comes to more than ${rowsMax} rows; ask for less at a time.`;
    throw new PublicError('TOO_COSTLY', message, { extensions: { limit: 'rowsMax', max: rowsMax } });
  }
}

export function createTooManyBytesError(max: number): PublicError {
  const message = `The answer comes to more than ${max} bytes; ask for less at a time.`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'responseBytesMax', max } });
}

export interface Checkpoint {
  readonly rows: number;
  readonly mark: number;
}

export function createCheckpoint({ rows, sink }: SerializationState): Checkpoint {
  return { rows, mark: sink.at };
}

/** Null in place of all that was written since. It counts for one go all the same: it took its time. */
export function rollBackToNull({ rows, mark }: Checkpoint, state: SerializationState): WriteResult {
  state.pauseAt -= state.sink.at - mark;
  state.rows = rows;
  state.sink.at = mark;
  return writeNull(state.sink);
}

/** Null in place of a value that breaks the standard; what was expected is said, and never what came. */
export function writeBreach(
  expected: string,
  at: PathNode | undefined,
  key: string | number,
  state: SerializationState,
): WriteResult {
  const path = pathOf(at, key);
  state.error(new PublicError('STANDARD_BREACH', `a value does not meet the standard: expected ${expected}`, { path }));
  return writeNull(state.sink);
}

export function writeNull(sink: JsonWriter): typeof NULL {
  writeBytes(sink, NULL_TEXT);
  return NULL;
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

export function pathOf(at: PathNode | undefined, key: string | number): Path {
  const path = [key];
  for (let place = at; place; place = place.parent) path.unshift(place.key);
  return path;
}
