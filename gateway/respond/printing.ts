/** What belongs to the printing of one answer, and what every writer of a value does with it. */
import { type JsonSink, writeBytes } from '../kit/json-sink.ts';
import { type Path, PublicError } from '../model/errors.ts';

/** What belongs to one answer. */
export interface Printing {
  /** True where the ledger has said already why nothing is there. */
  explains(path: Path): boolean;
  /** True where a platform's part is missing: a null of its making goes no further up, since others answered that. */
  isGap(path: Path): boolean;
  error(error: PublicError): void;
  /** Objects in lists, and objects at the root that are not pages, so far. */
  rows: number;
  readonly sink: JsonSink;
  /** Where the sink is beyond it, `now` gives up: see `inOneGo`. */
  pauseAt: number;
  /** The answer may come to no more bytes. */
  readonly bytesMax: number;
  readonly rowsMax: number;
}

export type Tree = Readonly<Record<string, unknown>>;

/** Where a value is. */
export interface At {
  readonly parent: At | undefined;
  readonly key: string | number;
}

/** What became of a place. */
export type Written =
  /** It may not hold a null and gets one, so that nothing is written: what is around it becomes null. */
  typeof BUBBLE | typeof VALUE | typeof NULL;
export const BUBBLE = 0;
export const VALUE = 1;
export const NULL = 2;

/** Gives up with `OVERRUN` where it comes to more than one go. */
export type Write = (value: unknown, at: At | undefined, key: string | number, by: Printing) => Written;
export type WriteSlowly = (
  value: unknown,
  at: At | undefined,
  key: string | number,
  by: Printing,
  isDue: () => boolean,
) => Generator<void, Written>;

export interface Writer {
  /** To be called by `inOneGo`, or by what is. */
  readonly now: Write;
  /** Undefined where the value is small. */
  readonly slowly: WriteSlowly | undefined;
}

const NULL_TEXT = Buffer.from('null');

/** Thrown by `now`; the same for all, since nobody asks where. */
export const OVERRUN = new Error('it is too much to be written in one go');

/** Up to so much is written without a pause. */
const ONE_GO_BYTES = 65_536;

/**
 * Undefined where it is too much to be written in one go, and nothing is written: `slowly` is for that. Errors that it reported by then
 * are reported again. `bytes`: of one go.
 */
export function inOneGo<T>(by: Printing, write: () => T, bytes = ONE_GO_BYTES): T | undefined {
  const before = stateOf(by);
  by.pauseAt = before.mark + bytes;
  try {
    return write();
  } catch (error) {
    if (error !== OVERRUN) throw error;
    by.rows = before.rows;
    by.sink.at = before.mark;
    return undefined;
  }
}

/** Throws where the answer comes to more than it may. */
export function assertRoom({ sink, rows, bytesMax, rowsMax }: Printing): void {
  if (sink.at > bytesMax) throw tooManyBytes(bytesMax);
  if (rows > rowsMax) {
    const message = `The answer comes to more than ${rowsMax} rows; ask for less at a time.`;
    throw new PublicError('TOO_COSTLY', message, { extensions: { limit: 'rowsMax', max: rowsMax } });
  }
}

export function tooManyBytes(max: number): PublicError {
  const message = `The answer comes to more than ${max} bytes; ask for less at a time.`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'responseBytesMax', max } });
}

export interface State {
  readonly rows: number;
  readonly mark: number;
}

export function stateOf({ rows, sink }: Printing): State {
  return { rows, mark: sink.at };
}

/** Null in place of all that was written since. It counts for one go all the same: it took its time. */
export function takeBack({ rows, mark }: State, by: Printing): Written {
  by.pauseAt -= by.sink.at - mark;
  by.rows = rows;
  by.sink.at = mark;
  return writeNull(by.sink);
}

/** Null in place of a value that breaks the standard; what was expected is said, and never what came. */
export function breach(expected: string, at: At | undefined, key: string | number, by: Printing): Written {
  const path = pathOf(at, key);
  by.error(new PublicError('STANDARD_BREACH', `a value does not meet the standard: expected ${expected}`, { path }));
  return writeNull(by.sink);
}

export function writeNull(sink: JsonSink): typeof NULL {
  writeBytes(sink, NULL_TEXT);
  return NULL;
}

export function isObject(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

export function pathOf(at: At | undefined, key: string | number): Path {
  const path = [key];
  for (let place = at; place; place = place.parent) path.unshift(place.key);
  return path;
}
