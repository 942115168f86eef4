/** An answer in parts → the stream that goes out, with the digest and the size of what went out of it. */
import { Readable } from 'node:stream';
import { createRunningDigest } from '../../kit/crypto/digest.ts';

/** What is known of a body that went out, computed by whoever asks. */
export interface BodyFacts {
  /** SHA-256, to be asked for once. */
  digest(): string;
  bytes(): number;
}

/** `end` is called once: when all parts are out, or the client has left. */
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
