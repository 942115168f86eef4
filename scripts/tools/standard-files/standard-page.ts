/** docs/standard.md: the standard at a glance, its versions and parts, its dictionaries, clocks and code lists. */
import { divisions, gridProfiles } from '@yiwang/schema';
import { type CategoryKind, categories } from '@yiwang/schema/cases';
import { entityRules, profiles, ruledEntities } from '@yiwang/schema/rules';
import { codeLists, codesOf, standardParts, standardVersion, standardVersions } from '@yiwang/schema/standard';
import { metrics } from '@yiwang/schema/statistics';
import { formatNumber, table } from '../docs/markdown.ts';

const HEAD = `# The data standard

<!-- Made by scripts/tools/standard-files/generate.ts of schema/data: change it there. -->

What all platforms of the network agree on, as data: \`schema/data/README.md\` says how to change it, \`schema/data/CHANGELOG.md\` what changed.
The types, their fields and their rules are on [a page of their own](standard-entities.md), and so is [the flow](standard-flow.md) of cases
and requests; \`schema/contracts/\` has a contract document for
each data set (Open Data Contract Standard 3.1), \`schema/generated/code-lists.json\` the code lists for clients.`;

export function createStandardPage(): string {
  const parts = [
    HEAD,
    '## Versions',
    'Two versions are in force at once while platforms move over. A platform states the one that it speaks in its health.',
    versionTable(),
    '## Parts',
    partTable(),
    '## Numbers',
    numberTable(),
    '## Profiles',
    'Differences between places that are real and no fork of the standard. `npx yiwang validate --profile ID` holds rows to one of them.',
    profileTable(),
    '## Code lists',
    ...codeLists().flatMap(({ id, name, basis, inGraph, fields, codes }) => [
      `### ${id} ${name}`,
      `${inGraph ? 'Enumeration of the graph' : `Values of ${fields.map((field) => `\`${field}\``).join(', ')}`}. ${basis}.`,
      table(
        ['code', 'name'],
        codes.map(({ code, name: text, until }) => [
          `\`${code}\``,
          codesOf(id, standardVersion()).includes(code) ? text : `${text} (until version ${until})`,
        ]),
      ),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function versionTable(): string {
  return table(
    ['version', 'in force from', 'until'],
    standardVersions().map(({ version, effectiveFrom, effectiveTo }) => [version, effectiveFrom, effectiveTo ?? '–']),
  );
}

function partTable(): string {
  return table(
    ['part', 'name', 'version', 'from', 'files'],
    standardParts().map(({ id, name, version, effectiveFrom, files }) => [
      id,
      name,
      version,
      effectiveFrom,
      files.map((file) => `\`${file}\``).join(' '),
    ]),
  );
}

function numberTable(): string {
  const kinds: readonly CategoryKind[] = ['COMPONENT', 'EVENT', 'HOTLINE'];
  const conditions = categories()
    .all()
    .reduce((sum, row) => sum + row.conditions.length, 0);
  const rules = ruledEntities().reduce((sum, entity) => sum + entityRules(entity).length, 0);
  return table(
    ['what', 'how many'],
    [
      ['divisions in force', formatNumber(divisions().size)],
      ...kinds.map((kind) => [
        `classes of ${kind}, of the lowest level`,
        formatNumber(categories().leaves(kind).length),
      ]),
      ['filing conditions, each with a limit', formatNumber(conditions)],
      ['metrics', formatNumber(metrics().length)],
      ['code lists', formatNumber(codeLists().length)],
      ['types with rules', formatNumber(ruledEntities().length)],
      ['rules', formatNumber(rules)],
    ],
  );
}

function profileTable(): string {
  return table(
    ['profile', 'name', 'digits of a grid code', 'dictionary', 'certainty'],
    profiles().map(({ id, name, grid, dictionary, certainty }) => [
      id,
      name,
      grid === null ? Object.keys(gridProfiles).join(', ') : String(gridProfiles[grid]?.length),
      dictionary,
      certainty,
    ]),
  );
}
