/** Incremental delivery as a client reads it: part by part, and merged. */
import type { GraphQLFormattedError } from 'graphql';

export type Json = Record<string, unknown>;

export interface ReadPart {
  readonly data?: Json | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly incremental?: readonly ReadEntry[];
  readonly extensions?: Json;
  readonly hasNext: boolean;
}

export interface ReadEntry {
  readonly label?: string;
  readonly path: readonly (string | number)[];
  readonly data: Json | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

export const MULTIPART_ACCEPT = 'multipart/mixed;deferSpec=20220824,application/json';

/** Throws where what is read is not in the form of `multipart/mixed` with the boundary `-`. */
export async function* readParts(response: Response): AsyncGenerator<ReadPart> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const pieces = text.split('\r\n---');
    text = pieces.pop()!;
    for (const piece of pieces) {
      if (piece === '') continue;
      const [head, body, ...rest] = piece.replace(/^\r\n/, '').split('\r\n\r\n');
      if (head !== 'content-type: application/json; charset=utf-8' || rest.length > 0) throw new Error(piece);
      yield JSON.parse(body!) as ReadPart;
    }
  }
  if (text !== '--\r\n') throw new Error(`the answer ends in ${JSON.stringify(text)}`);
}

export function mergeParts(parts: readonly ReadPart[]): Json | null {
  const data = structuredClone(parts[0]!.data ?? null);
  for (const { path, data: partData } of parts.flatMap(({ incremental = [] }) => incremental)) {
    const place = path.reduce<unknown>((at, key) => (at as Json)[key], data);
    if (partData) merge(place as Json, partData);
  }
  return data;
}

function merge(into: Json, from: Json): void {
  for (const [key, value] of Object.entries(from)) {
    const existing = into[key];
    if (typeof existing !== 'object' || existing === null) into[key] = value;
    // A null of a later part says that this part has nothing here, and takes away nothing of another.
    else if (value !== null) merge(existing as Json, value as Json);
  }
}
