/** Flags of the command line, and the error for a wrong one. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A wrong command line: one line for the user, exit code 2. */
export class UsageError extends Error {
  constructor(line: string) {
    super(line);
    this.name = 'UsageError';
  }
}

type FlagTypes = Readonly<Record<string, 'string' | 'boolean' | 'strings'>>;
type FlagValue<Type> = Type extends 'boolean' ? boolean : Type extends 'strings' ? readonly string[] : string;
export type Flags<Types extends FlagTypes> = { readonly [Name in keyof Types]?: FlagValue<Types[Name]> };

/** Throws `UsageError` for an unknown flag, a missing value, or more words than `wordsMax`. */
export function readFlags<Types extends FlagTypes>(
  args: readonly string[],
  types: Types,
  wordsMax = 0,
): { readonly flags: Flags<Types>; readonly words: readonly string[] } {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, type] of Object.entries(types)) {
    options[name] = type === 'strings' ? { type: 'string', multiple: true } : { type };
  }
  let parsed: { values: object; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]!.replace(/\n.*/s, ''));
  }
  if (parsed.positionals.length > wordsMax) throw new UsageError(`Unexpected word "${parsed.positionals[wordsMax]}".`);
  return { flags: parsed.values as Flags<Types>, words: parsed.positionals };
}
