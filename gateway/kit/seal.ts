/** Texts that only their maker can make, and that open only where they belong. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Sealer {
  seal(text: string, binding: string): string;
  /** Undefined where the text was not sealed by this secret, or for another binding. */
  open(sealed: string, binding: string): string | undefined;
}

const MAC_BYTES = 12;
/** What a seal adds to the length of its text. */
export const SEAL_LENGTH = (MAC_BYTES / 3) * 4 + 1;

export function createSealer(secret: string): Sealer {
  const macOf = (text: string, binding: string): Buffer =>
    createHmac('sha256', secret).update(binding).update('\n').update(text).digest().subarray(0, MAC_BYTES);
  return {
    seal: (text, binding) => `${macOf(text, binding).toString('base64url')}.${text}`,
    open: (sealed, binding) => {
      const dot = sealed.indexOf('.');
      const text = sealed.slice(dot + 1);
      const given = Buffer.from(sealed.slice(0, Math.max(0, dot)), 'base64url');
      const expected = macOf(text, binding);
      return given.length === MAC_BYTES && timingSafeEqual(given, expected) ? text : undefined;
    },
  };
}
