/** An answer whose data is JSON text already → the text of the whole answer. */
import type { GraphQLFormattedError } from 'graphql';
import type { PrintedData } from '../model/request.ts';

export interface AnswerParts {
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly data?: unknown;
  readonly extensions?: unknown;
}

/** What the engine gives to be handed through where others expect data as objects. */
export class DataText {
  readonly printed: PrintedData;

  constructor(printed: PrintedData) {
    this.printed = printed;
  }
}

/** Undefined where the data is not text. */
export function writeAnswer({ errors, data, extensions }: AnswerParts): Buffer | undefined {
  if (!(data instanceof DataText)) return undefined;
  if (data.printed.answer && errors === undefined && extensions === undefined) return data.printed.answer;
  const head = `{${errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`}"data":`;
  const tail = `${extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`}}\n`;
  return Buffer.concat([Buffer.from(head), data.printed.bytes, Buffer.from(tail)]);
}
