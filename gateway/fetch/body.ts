/** Reads a body, up to a bound. */
import type { Readable } from 'node:stream';

export class TooLarge extends Error {
  readonly bytesMax: number;

  constructor(bytesMax: number) {
    super(`the body is larger than ${bytesMax} bytes`);
    this.name = 'TooLarge';
    this.bytesMax = bytesMax;
  }
}

/** Throws `TooLarge` and lets go of the connection as soon as the bound is passed. */
export async function readBody(body: Readable, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) {
      body.destroy();
      throw new TooLarge(bytesMax);
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
