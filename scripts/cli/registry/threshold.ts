/** How many platforms must conform before a version is promoted: `8`, `8/10` or `80%`. */
import { UsageError } from '../../tools/flags.ts';

/** Returns how many of `total` are needed. Throws `UsageError` for another text. */
export function parseThreshold(text: string, total: number): number {
  const [, count, of, percent] = /^(\d+)(?:\/(\d+)|(%))?$/.exec(text) ?? [];
  if (count === undefined) throw new UsageError(`--needs "${text}" is no threshold; write 8, 8/10 or 80%.`);
  const value = Number(count);
  if (percent) {
    if (value > 100) throw new UsageError('--needs is more than 100%.');
    return Math.ceil((total * value) / 100);
  }
  if (of !== undefined && Number(of) !== total)
    throw new UsageError(`--needs ${text} speaks of ${of} platforms; the directory has ${total}.`);
  if (value > total) throw new UsageError(`--needs ${text} is more than the ${total} platforms of the directory.`);
  return value;
}
