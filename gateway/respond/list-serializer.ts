/** Serializes lists. All of an answer's length comes from them, so that pauses are made and limits are checked here. */
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

/** Lists with fewer items may have large ones, which get pauses of their own. */
const SHORT_LIST = 64;

const [OPEN_LIST, CLOSE_LIST, COMMA] = [...'[],'].map((sign) => Buffer.from(sign)) as [Buffer, Buffer, Buffer];

export function compileListSerializer({ write, writeCooperatively }: ValueSerializer): ValueSerializer {
  return {
    write: (value, at, key, state) => {
      if (isAbsent(value)) return writeNull(state.output);
      if (!Array.isArray(value)) return writeBreach('a list', at, key, state);
      const before = createCheckpoint(state);
      const here = { parent: at, key };
      writeBytes(state.output, OPEN_LIST);
      for (let i = 0; i < value.length; i++) {
        if (i > 0) writeBytes(state.output, COMMA);
        if (write(value[i], here, i, state) === BUBBLE) return rollBackToNull(before, state);
        if (state.output.at > state.pauseAt) throw OVER_BUDGET;
      }
      writeBytes(state.output, CLOSE_LIST);
      return VALUE;
    },
    *writeCooperatively(value, at, key, state, isDue) {
      if (isAbsent(value)) return writeNull(state.output);
      if (!Array.isArray(value)) return writeBreach('a list', at, key, state);
      const before = createCheckpoint(state);
      const here = { parent: at, key };
      const isLong = value.length >= SHORT_LIST;
      writeBytes(state.output, OPEN_LIST);
      for (let i = 0; i < value.length; i++) {
        if (i > 0) writeBytes(state.output, COMMA);
        const item: unknown = value[i];
        const written =
          writeCooperatively === undefined
            ? write(item, here, i, state)
            : ((isLong ? attemptUnpaused(state, () => write(item, here, i, state)) : undefined) ??
              (yield* writeCooperatively(item, here, i, state, isDue)));
        if (written === BUBBLE) return rollBackToNull(before, state);
        assertWithinLimits(state);
        if (isDue()) yield;
      }
      writeBytes(state.output, CLOSE_LIST);
      return VALUE;
    },
  };
}
