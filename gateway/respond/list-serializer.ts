/** The writer of lists: where all of an answer's length comes from, so that it is here that pauses are made and limits hold. */
import { writeBytes } from '../kit/json/json-writer.ts';
import {
  assertWithinLimits,
  attemptUnpaused,
  BUBBLE,
  createCheckpoint,
  isAbsent,
  OVER_BUDGET,
  rollBackToNull,
  VALUE,
  type ValueSerializer,
  writeBreach,
  writeNull,
} from './serialization.ts';

/** Lists with fewer items than this may have big ones. */
const SHORT_LIST = 64;

const [OPEN_LIST, CLOSE_LIST, COMMA] = [...'[],'].map((sign) => Buffer.from(sign)) as [Buffer, Buffer, Buffer];

export function compileListSerializer({ now, slowly }: ValueSerializer): ValueSerializer {
  return {
    now: (value, at, key, state) => {
      if (isAbsent(value)) return writeNull(state.sink);
      if (!Array.isArray(value)) return writeBreach('a list', at, key, state);
      const before = createCheckpoint(state);
      const here = { parent: at, key };
      writeBytes(state.sink, OPEN_LIST);
      for (let i = 0; i < value.length; i++) {
        if (i > 0) writeBytes(state.sink, COMMA);
        if (now(value[i], here, i, state) === BUBBLE) return rollBackToNull(before, state);
        if (state.sink.at > state.pauseAt) throw OVER_BUDGET;
      }
      writeBytes(state.sink, CLOSE_LIST);
      return VALUE;
    },
    *slowly(value, at, key, state, isDue) {
      if (isAbsent(value)) return writeNull(state.sink);
      if (!Array.isArray(value)) return writeBreach('a list', at, key, state);
      const before = createCheckpoint(state);
      const here = { parent: at, key };
      const isLong = value.length >= SHORT_LIST;
      writeBytes(state.sink, OPEN_LIST);
      for (let i = 0; i < value.length; i++) {
        if (i > 0) writeBytes(state.sink, COMMA);
        const item: unknown = value[i];
        const written =
          slowly === undefined
            ? now(item, here, i, state)
            : ((isLong ? attemptUnpaused(state, () => now(item, here, i, state)) : undefined) ??
              (yield* slowly(item, here, i, state, isDue)));
        if (written === BUBBLE) return rollBackToNull(before, state);
        assertWithinLimits(state);
        if (isDue()) yield;
      }
      writeBytes(state.sink, CLOSE_LIST);
      return VALUE;
    },
  };
}
