/** What the tests of identification share. */
import { PublicError } from '../model/errors.ts';

/** Code and message of the refusal; `accepted` if there is none. */
export async function refusalOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof PublicError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}
