/** Variables of the checks of the standard on the way out. */
import { existsSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

export interface CheckConfig {
  /** File of check modes; undefined: every rule is enforced. */
  readonly modes: string | undefined;
}

/**
 * `STANDARD_CHECKS`, and the file of `--check-modes` or `YIWANG_CHECK_MODES`. Undefined if answers are not checked
 * against rules: an open gateway has none.
 */
export function readCheckConfig(
  env: Environment,
  { open, modes }: { readonly open: boolean; readonly modes: string | undefined },
  faults: string[],
): CheckConfig | undefined {
  const value = env.STANDARD_CHECKS;
  if (value && value !== 'on' && value !== 'off') faults.push(`STANDARD_CHECKS is "${value}"; expected on or off.`);
  const isOn = !open && value !== 'off';
  if (modes !== undefined && !existsSync(modes)) faults.push(`The file of check modes ${modes} does not exist.`);
  if (modes !== undefined && !isOn) faults.push('A file of check modes is set, but answers are not checked.');
  return isOn ? { modes } : undefined;
}
