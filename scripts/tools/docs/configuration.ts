/** docs/configuration.md: made of the tables of settings, of the limits and of what is noted of them. */
import { LIMIT_RULES, type LimitName, toLimitVariable } from '@yiwang/gateway/model/limits.ts';
import { CLOCK_SKEW_RULE, DEFAULT_LIMITS as PLATFORM_LIMITS, type PlatformLimits } from '@yiwang/platform/limits.ts';
import { LIMIT_NOTES, LIMIT_SECTIONS } from './limit-notes.ts';
import { formatNumber, table } from './markdown.ts';
import { PLATFORM_LIMIT_NOTES } from './platform-limit-notes.ts';
import { GATEWAY_SETTINGS, PLATFORM_SETTINGS, type Setting, type SettingSection } from './settings.ts';

const HEAD = `# Configuration

<!-- Made by scripts/tools/docs/generate.ts of the flags, variables and limits in code: change it there. -->

The gateway reads flags of \`npx yiwang serve\` and environment variables; a flag goes before its variable. A fault stops the start, and all faults
are listed at once. An empty variable counts as absent.

- [The gateway](#the-gateway) · [Limits](#limits) of the gateway · [Platform servers](#platform-servers)`;

const LIMITS = `## Limits

Each has a variable, a whole number within its range. An unknown \`LIMIT_…\` stops the start: a limit that is misspelt bounds nothing. A refusal names the
limit in \`extensions.limit\`, such as \`depthMax\` for \`LIMIT_DEPTH_MAX\`.`;

const PLATFORMS = `## Platform servers

A platform server built on \`subgraphs/platform/\` reads environment variables alone.`;

const PLATFORM_BOUNDS = `### Bounds of a platform server

They are fixed in \`subgraphs/platform/limits.ts\`, but for the clock skew.`;

export function createConfigurationPage(): string {
  const parts = [
    HEAD,
    '## The gateway',
    ...GATEWAY_SETTINGS.flatMap(sectionText),
    LIMITS,
    ...LIMIT_SECTIONS.flatMap(({ title, notes }) => [`### ${title}`, limitTable(Object.keys(notes) as LimitName[])]),
    PLATFORMS,
    settingTable(PLATFORM_SETTINGS),
    PLATFORM_BOUNDS,
    platformLimitTable(),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sectionText({ title, settings, text }: SettingSection): string[] {
  return [`### ${title}`, settingTable(settings), ...(text === undefined ? [] : [text])];
}

function settingTable(settings: readonly Setting[]): string {
  const rows = settings.map(({ flag, variable, is, default: usual = '' }) => [
    [flag, variable].flatMap((name) => (name === undefined ? [] : [`\`${name}\``])).join(', '),
    is,
    usual,
  ]);
  return table(['flag, variable', 'is', 'default'], rows);
}

function limitTable(names: readonly LimitName[]): string {
  const rows = names.map((name) => {
    const { about, unit, default: usual, min, max } = LIMIT_RULES[name];
    const { protects, reached } = LIMIT_NOTES[name];
    const range = `${formatNumber(usual)} ${unit} (${formatNumber(min)} to ${formatNumber(max)})`;
    return [`\`${toLimitVariable(name)}\``, about, range, protects, reached];
  });
  return table(['variable', 'bounds', 'default (range)', 'protects', 'at the limit'], rows);
}

function platformLimitTable(): string {
  const rows = Object.entries(PLATFORM_LIMIT_NOTES).map(([name, { unit, bounds, protects, reached }]) => {
    const value = `${formatNumber(PLATFORM_LIMITS[name as keyof PlatformLimits])} ${unit}`;
    const isSet = name === 'clockSkewSeconds';
    const range = isSet ? ` (${CLOCK_SKEW_RULE.min} to ${CLOCK_SKEW_RULE.max})` : '';
    return [`\`${isSet ? 'PLATFORM_CLOCK_SKEW_SECONDS' : name}\``, bounds, `${value}${range}`, protects, reached];
  });
  return table(['bound', 'bounds', 'value', 'protects', 'at the bound'], rows);
}
