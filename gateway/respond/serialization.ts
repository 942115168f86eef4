/** The state of serializing one answer, and the operations on it that all serializers share. */
import { type JsonWriter, writeBytes } from '../kit/json/json-writer.ts';
import { type BreachReporter, type PathNode, pathOf } from '../model/checks.ts';
import { type Path, PublicError } from '../model/errors.ts';

/** Decides whether a null needs an error and whether it bubbles, and takes the errors. */
export interface NullReporter {
  /** True if a null at this path needs no further error. */
  isExplained(path: Path): boolean;
  /**
   * True if a platform's part is missing at this path: the null bubbles no further, since others answered what is
   * around it.
   */
  isMissing(path: Path): boolean;
  /** Adds the error of a value that breaks the standard. */
  addBreach(error: PublicError): void;
}

/** Belongs to one answer. */
export interface SerializationState {
  readonly reporter: NullReporter;
  /** Undefined without the checks of the standard: then only types are checked. */
  readonly breaches: BreachReporter | undefined;
  /** Objects in lists, and objects at the root that are not pages, so far. */
  rows: number;
  readonly output: JsonWriter;
  /** `write` gives up once the output is longer: see `attemptUnpaused`. */
  pauseAt: number;
  readonly bytesMax: number;
  readonly rowsMax: number;
}

export type ReadonlyTree = Readonly<Record<string, unknown>>;

/** `BUBBLE`: a null at a place that may not hold one. Nothing is written, and what is around it becomes null. */
export type WriteResult = typeof BUBBLE | typeof VALUE | typeof NULL;
export const BUBBLE = 0;
export const VALUE = 1;
export const NULL = 2;

/** Throws `OVER_BUDGET` if the text is too long to be written without a pause. */
export type Write = (
  value: unknown,
  at: PathNode | undefined,
  key: string | number,
  state: SerializationState,
) => WriteResult;
/** Each yield is a pause, made if `isDue`. */
export type WriteCooperatively = (
  value: unknown,
  at: PathNode | undefined,
  key: string | number,
  state: SerializationState,
  isDue: () => boolean,
) => Generator<void, WriteResult>;

export interface ValueSerializer {
  /** Must be called within `attemptUnpaused`. */
  readonly write: Write;
  /** Undefined if the value is small. */
  readonly writeCooperatively: WriteCooperatively | undefined;
}

const NULL_TEXT = Buffer.from('null');

/** One error for all: nobody reads its stack. */
export const OVER_BUDGET = new Error('the text is too long to be written without a pause');

const UNPAUSED_BYTES = 65_536;

/**
 * Writes at most `bytes` without a pause. Returns undefined, with nothing written, if there is more: that is for
 * `writeCooperatively`, which reports the errors reported so far again.
 */
export function attemptUnpaused<T>(state: SerializationState, write: () => T, bytes = UNPAUSED_BYTES): T | undefined {
  const before = createCheckpoint(state);
  state.pauseAt = before.mark + bytes;
  state.breaches?.settle();
  try {
    return write();
  } catch (error) {
    if (error !== OVER_BUDGET) throw error;
    state.rows = before.rows;
    state.output.at = before.mark;
    state.breaches?.discard();
    return undefined;
  }
}

/** Throws `TOO_COSTLY` if the answer is larger than its limits. */
export function assertWithinLimits({ output, rows, bytesMax, rowsMax }: SerializationState): void {
  if (output.at > bytesMax) throw createTooManyBytesError(bytesMax);
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

export function createCheckpoint({ rows, output }: SerializationState): Checkpoint {
  return { rows, mark: output.at };
}

/** Writes null in place of everything since the checkpoint. That still counts against the budget: it took its time. */
export function rollBackToNull({ rows, mark }: Checkpoint, state: SerializationState): WriteResult {
  state.pauseAt -= state.output.at - mark;
  state.rows = rows;
  state.output.at = mark;
  return writeNull(state.output);
}

/** Writes null in place of a value that breaks the standard. The error says what was expected, and never what came. */
export function writeBreach(
  expected: string,
  at: PathNode | undefined,
  key: string | number,
  state: SerializationState,
): WriteResult {
  if (state.breaches) state.breaches.addType(expected, at, key);
  else {
    const message = `a value does not meet the standard: expected ${expected}`;
    state.reporter.addBreach(new PublicError('STANDARD_BREACH', message, { path: pathOf(at, key) }));
  }
  return writeNull(state.output);
}

export function writeNull(output: JsonWriter): typeof NULL {
  writeBytes(output, NULL_TEXT);
  return NULL;
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
