/**
 * What becomes of a breach, for each rule and platform: `enforce` makes the value null with an error, `observe` lets it
 * pass and counts it.
 */
import { divisions, isObject } from '@yiwang/schema';

export const CHECK_MODES = ['enforce', 'observe'] as const;
export type CheckMode = (typeof CHECK_MODES)[number];

/** `platform` is undefined if nobody can be said to have given the value. */
export type ModeOf = (rule: string, platform: string | undefined) => CheckMode;

interface ModeEntry {
  readonly mode: CheckMode;
  readonly rule: string | undefined;
  readonly platform: string | undefined;
}

export interface ConformModes {
  readonly default: CheckMode;
  readonly entries: readonly ModeEntry[];
}

export const ENFORCE_ALL: ConformModes = { default: 'enforce', entries: [] };

/** The last entry that fits decides, as in a list of ignored files. */
export function createModeOf({ default: otherwise, entries }: ConformModes): ModeOf {
  if (entries.length === 0) return () => otherwise;
  const lastFirst = entries.toReversed();
  return (rule, platform) => {
    for (const entry of lastFirst) {
      const fitsRule = entry.rule === undefined || entry.rule === rule;
      const fitsPlatform = entry.platform === undefined || entry.platform === platform;
      if (fitsRule && fitsPlatform) return entry.mode;
    }
    return otherwise;
  };
}

const FAULTS_MAX = 20;

/**
 * Text of a file, `{ "default": "enforce", "modes": [{ "mode": "observe", "rule": "CASE-012", "platform":
 * "municipal/420100" }] }` → modes. Throws an `Error` that lists every fault with its path.
 */
export function parseModes(text: string, file: string, rules: ReadonlySet<string>): ConformModes {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`The file of check modes ${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  if (!isObject(content)) throw new Error(`The file of check modes ${file} must hold an object with "modes".`);
  const faults: string[] = [];
  const { default: otherwise = 'enforce', modes = [], ...others } = content;
  for (const name of Object.keys(others)) faults.push(`${name}: unknown; expected "default" and "modes"`);
  if (!isMode(otherwise)) faults.push(`default: ${expectedMode(otherwise)}`);
  if (!Array.isArray(modes)) faults.push('modes: expected a list');
  const entries = Array.isArray(modes) ? modes : [];
  for (const [i, entry] of entries.entries()) {
    faults.push(...entryFaults(entry, rules).map((fault) => `modes[${i}]${fault}`));
  }
  if (faults.length > 0) {
    const listed = faults.slice(0, FAULTS_MAX).map((fault) => `  ${fault}`);
    throw new Error([`The file of check modes ${file} has faults:`, ...listed].join('\n'));
  }
  return { default: otherwise as CheckMode, entries: (entries as Partial<ModeEntry>[]).map(toEntry) };
}

function toEntry({ mode, rule, platform }: Partial<ModeEntry>): ModeEntry {
  return { mode: mode!, rule, platform };
}

function entryFaults(entry: unknown, rules: ReadonlySet<string>): string[] {
  if (!isObject(entry)) return [': expected an object'];
  const { mode, rule, platform, ...others } = entry;
  const faults = Object.keys(others).map((name) => `.${name}: unknown; expected "mode", "rule" and "platform"`);
  if (!isMode(mode)) faults.push(`.mode: ${expectedMode(mode)}`);
  if (rule === undefined && platform === undefined) faults.push(': names neither a rule nor a platform; use "default"');
  if (rule !== undefined && !(typeof rule === 'string' && rules.has(rule))) {
    faults.push(`.rule: the standard has no rule ${JSON.stringify(rule)}`);
  }
  if (platform !== undefined && !isPlatformId(platform)) {
    faults.push(`.platform: expected an id such as "municipal/420100", not ${JSON.stringify(platform)}`);
  }
  return faults;
}

function isMode(value: unknown): value is CheckMode {
  return CHECK_MODES.some((mode) => mode === value);
}

function expectedMode(value: unknown): string {
  return `expected ${CHECK_MODES.join(' or ')}, not ${JSON.stringify(value)}`;
}

/** A platform below a gateway is in no directory of this one, so that only the form is checked. */
function isPlatformId(value: unknown): boolean {
  const division = typeof value === 'string' ? /^[a-z][a-z-]*\/(\d{6,12})$/.exec(value)?.[1] : undefined;
  return division !== undefined && divisions().get(division) !== undefined;
}
