/** Texts that only their maker can make, and that open only where they belong. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Signer {
  sign(text: string, binding: string): string;
  /** Undefined where the text was not sealed by this secret, or for another binding. */
  verify(signedText: string, binding: string): string | undefined;
}

const MAC_BYTES = 12;
/** What a seal adds to the length of its text. */
export const SIGNATURE_LENGTH = (MAC_BYTES / 3) * 4 + 1;

export function createSigner(secret: string): Signer {
  const macOf = (text: string, binding: string): Buffer =>
    createHmac('sha256', secret).update(binding).update('\n').update(text).digest().subarray(0, MAC_BYTES);
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
