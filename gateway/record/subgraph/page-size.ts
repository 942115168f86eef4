/** The size of a page of the record. */
import { PAGE_SIZE_MAX } from '@yiwang/schema';
import { PublicError } from '../../model/errors.ts';

const PAGE_SIZE = 50;

/** Throws a `PublicError` for a size that no page has. */
export function parseSize(first: number | null | undefined): number {
  const size = first ?? PAGE_SIZE;
  if (size >= 0 && size <= PAGE_SIZE_MAX) return size;
  throw new PublicError('BAD_USER_INPUT', `first is ${size}; from 0 to ${PAGE_SIZE_MAX} were expected`);
}
