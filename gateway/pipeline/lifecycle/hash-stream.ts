/** An answer in parts → the stream that is sent, with the digest and the size of what was sent. */
import { Readable } from 'node:stream';
import { createRunningDigest } from '../../kit/crypto/digest.ts';

/** Digest and size of a body that was sent, computed on demand. */
export interface BodyFacts {
  /** SHA-256. To be called once. */
  digest(): string;
  bytes(): number;
}

/** Calls `end` once: when all parts are sent, or the client has left. */
export function hashStream(parts: AsyncIterable<Buffer>, end: (body: BodyFacts) => void): Readable {
  const running = createRunningDigest();
  let size = 0;
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for await (const part of parts) {
      running.update(part);
      size += part.length;
      yield part;
    }
  };
  const stream = Readable.from(hashed(), { objectMode: false });
  stream.once('close', () => end({ digest: () => running.finish(), bytes: () => size }));
  return stream;
}
