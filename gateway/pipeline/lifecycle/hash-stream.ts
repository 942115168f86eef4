/** An answer in parts → the stream that goes out, and the digest of what went out of it. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** `end` is called once: when all parts are out, or the client has left. */
export function hashStream(parts: AsyncIterable<Buffer>, end: (digest: () => string) => void): Readable {
  const hash = createHash('sha256');
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for await (const part of parts) {
      hash.update(part);
      yield part;
    }
  };
  const stream = Readable.from(hashed(), { objectMode: false });
  stream.once('close', () => end(() => hash.digest('hex')));
  return stream;
}
