/** An answer whose data is JSON text already → the text of the whole answer. */
import type { GraphQLFormattedError } from 'graphql';
import type { JsonData } from '../../model/validated-operation.ts';

export interface AnswerParts {
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly data?: unknown;
  readonly extensions?: unknown;
}

/** What the engine gives to be handed through where others expect data as objects. */
export class SerializedData {
  readonly printed: JsonData;

  constructor(printed: JsonData) {
    this.printed = printed;
  }
}

/** Undefined where the data is not text. */
export function serializeAnswer({ errors, data, extensions }: AnswerParts): Buffer | undefined {
  if (!(data instanceof SerializedData)) return undefined;
  if (data.printed.responseBody && errors === undefined && extensions === undefined) return data.printed.responseBody;
  const head = `{${errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`}"data":`;
  const tail = `${extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`}}\n`;
  return Buffer.concat([Buffer.from(head), data.printed.bytes, Buffer.from(tail)]);
}
