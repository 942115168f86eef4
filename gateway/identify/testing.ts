/** Shared by the tests of identification. */
import { PublicError } from '../model/errors.ts';

/** Returns code and message of the refusal; `accepted` if there is none. */
export async function refusalOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof PublicError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}
