/** Signs texts with a secret, each for one binding, and verifies them. */
import { timingSafeEqual } from 'node:crypto';
import { hmacSha256 } from './digest.ts';

export interface Signer {
  sign(text: string, binding: string): string;
  /** Returns the text; undefined if it was not signed with this secret and for this binding. */
  verify(signedText: string, binding: string): string | undefined;
}

const MAC_BYTES = 12;
/** Characters that a signature adds to its text. */
export const SIGNATURE_LENGTH = (MAC_BYTES / 3) * 4 + 1;

export function createSigner(secret: string): Signer {
  const macOf = (text: string, binding: string): Buffer =>
    hmacSha256(secret, `${binding}\n${text}`).subarray(0, MAC_BYTES);
  return {
    sign: (text, binding) => `${macOf(text, binding).toString('base64url')}.${text}`,
    verify: (signedText, binding) => {
      const dot = signedText.indexOf('.');
      const text = signedText.slice(dot + 1);
      const actual = Buffer.from(signedText.slice(0, Math.max(0, dot)), 'base64url');
      const expected = macOf(text, binding);
      return actual.length === MAC_BYTES && timingSafeEqual(actual, expected) ? text : undefined;
    },
  };
}
