/** A response whose data is JSON text → the text of the response. */
import type { GraphQLFormattedError } from 'graphql';
import type { JsonData } from '../../model/validated-operation.ts';

export interface AnswerParts {
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly data?: unknown;
  readonly extensions?: unknown;
}

/** Carries serialized data through Apollo Server, which expects objects. */
export class SerializedData {
  readonly json: JsonData;

  constructor(json: JsonData) {
    this.json = json;
  }
}

/** Undefined if the data is not serialized. */
export function serializeAnswer({ errors, data, extensions }: AnswerParts): Buffer | undefined {
  if (!(data instanceof SerializedData)) return undefined;
  if (data.json.responseBody && errors === undefined && extensions === undefined) return data.json.responseBody;
  const head = `{${errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`}"data":`;
  const tail = `${extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`}}\n`;
  return Buffer.concat([Buffer.from(head), data.json.bytes, Buffer.from(tail)]);
}
