/** Flags of the benchmarks: positive numbers, each with a default. */
import { readFlags, UsageError } from './flags.ts';

export interface NumberFlags<Name extends string> {
  readonly usage: string;
  readonly defaults: Readonly<Record<Name, number>>;
}

/** Prints one line and exits with 2 if a flag is wrong; prints the usage and exits with 0 on `--help`. */
export function readNumbers<Name extends string>(
  args: readonly string[],
  spec: NumberFlags<Name>,
): Record<Name, number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${spec.usage}\n`);
    process.exit(0);
  }
  try {
    return parseNumbers(args, spec);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message} ${spec.usage}\n`);
    process.exit(2);
  }
}

/** Throws `UsageError`. */
function parseNumbers<Name extends string>(
  args: readonly string[],
  { defaults }: NumberFlags<Name>,
): Record<Name, number> {
  const types = Object.fromEntries(Object.keys(defaults).map((name) => [name, 'string' as const]));
  const { flags } = readFlags(args, types);
  const numbers: Record<Name, number> = { ...defaults };
  for (const name in defaults) {
    const text = flags[name];
    const value = text === undefined ? defaults[name] : Number(text);
    if (!(value > 0)) throw new UsageError(`--${name} is "${text}"; expected a number above 0.`);
    numbers[name] = value;
  }
  return numbers;
}
