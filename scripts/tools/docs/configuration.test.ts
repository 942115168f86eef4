import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type ConfigError, readConfig } from '@yiwang/gateway/config/config.ts';
import { LIMIT_NAMES } from '@yiwang/gateway/model/limits.ts';
import { readPlatformConfig } from '@yiwang/platform/config.ts';
import { createConfigurationPage } from './configuration.ts';
import { LIMIT_SECTIONS } from './limit-notes.ts';
import { GATEWAY_SETTINGS, PLATFORM_SETTINGS, type Setting } from './settings.ts';

const SERVE = readFileSync(new URL('../../cli/commands/serve.ts', import.meta.url), 'utf8');

/** The variables that a reader of configuration looks at, whatever it makes of them. */
function variablesOf(read: (env: Record<string, string | undefined>) => unknown): string[] {
  const names = new Set<string>();
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get(_, name) {
        names.add(String(name));
        return undefined;
      },
    },
  );
  try {
    read(env);
  } catch {
    // What is required is missing.
  }
  return [...names].sort();
}

const namesOf = (settings: readonly Setting[], key: 'flag' | 'variable') =>
  settings.flatMap((setting) => setting[key] ?? []).sort();
const settings = GATEWAY_SETTINGS.flatMap((section) => section.settings);

describe('the page of the configuration', () => {
  test('lists the variables that the gateway reads, and no others', () => {
    expect(namesOf(settings, 'variable')).toEqual(variablesOf((env) => readConfig([], env)));
  });

  test('lists the variables that a platform server reads, and no others', () => {
    expect(namesOf(PLATFORM_SETTINGS, 'variable')).toEqual(variablesOf(readPlatformConfig));
  });

  test('lists the flags that "npx yiwang serve" takes, and no others', () => {
    const flags = namesOf(settings, 'flag');
    expect([...new Set(SERVE.match(/--[a-z-]+/g))].sort()).toEqual(flags);
    const values = flags.flatMap((flag) =>
      ['--open', '--demo', '--access-log'].includes(flag) ? [flag] : [flag, 'x'],
    );
    const faults = (args: readonly string[]) => {
      try {
        readConfig(args, {});
        return [];
      } catch (error) {
        return (error as ConfigError).faults.filter((fault) => /option/i.test(fault));
      }
    };
    expect(faults(values)).toEqual([]);
    expect(faults(['--nonsense'])).toHaveLength(1);
  });

  test('has each limit in one section', () => {
    const names = LIMIT_SECTIONS.flatMap(({ notes }) => Object.keys(notes));
    expect([...names].sort()).toEqual([...LIMIT_NAMES].sort());
  });

  test('has a row of five cells for each limit', () => {
    const rows = createConfigurationPage().match(/^\| `LIMIT_\w+` \|.*$/gm) ?? [];
    expect(rows).toHaveLength(LIMIT_NAMES.length);
    for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(7);
  });
});
