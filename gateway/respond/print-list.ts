/** The writer of lists: where all of an answer's length comes from, so that it is here that pauses are made and limits hold. */
import { writeBytes } from '../kit/json-sink.ts';
import {
  assertRoom,
  BUBBLE,
  breach,
  inOneGo,
  isAbsent,
  OVERRUN,
  stateOf,
  takeBack,
  VALUE,
  type Writer,
  writeNull,
} from './printing.ts';

/** Lists with fewer items than this may have big ones. */
const SHORT_LIST = 64;

const [OPEN_LIST, CLOSE_LIST, COMMA] = [...'[],'].map((sign) => Buffer.from(sign)) as [Buffer, Buffer, Buffer];

export function compileList({ now, slowly }: Writer): Writer {
  return {
    now: (value, at, key, by) => {
      if (isAbsent(value)) return writeNull(by.sink);
      if (!Array.isArray(value)) return breach('a list', at, key, by);
      const before = stateOf(by);
      const here = { parent: at, key };
      writeBytes(by.sink, OPEN_LIST);
      for (let i = 0; i < value.length; i++) {
        if (i > 0) writeBytes(by.sink, COMMA);
        if (now(value[i], here, i, by) === BUBBLE) return takeBack(before, by);
        if (by.sink.at > by.pauseAt) throw OVERRUN;
      }
      writeBytes(by.sink, CLOSE_LIST);
      return VALUE;
    },
    *slowly(value, at, key, by, isDue) {
      if (isAbsent(value)) return writeNull(by.sink);
      if (!Array.isArray(value)) return breach('a list', at, key, by);
      const before = stateOf(by);
      const here = { parent: at, key };
      const isLong = value.length >= SHORT_LIST;
      writeBytes(by.sink, OPEN_LIST);
      for (let i = 0; i < value.length; i++) {
        if (i > 0) writeBytes(by.sink, COMMA);
        const item: unknown = value[i];
        const written =
          slowly === undefined
            ? now(item, here, i, by)
            : ((isLong ? inOneGo(by, () => now(item, here, i, by)) : undefined) ??
              (yield* slowly(item, here, i, by, isDue)));
        if (written === BUBBLE) return takeBack(before, by);
        assertRoom(by);
        if (isDue()) yield;
      }
      writeBytes(by.sink, CLOSE_LIST);
      return VALUE;
    },
  };
}
