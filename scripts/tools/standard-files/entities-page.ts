/** docs/standard-entities.md: every type of data, with the three properties of its fields and the rules of its rows. */
import { entityTerms } from '@yiwang/schema';
import { type EntityRule, entityRules } from '@yiwang/schema/rules';
import { table } from '../docs/markdown.ts';
import { type GraphType, graphTypes } from '../standard/graph-types.ts';

const HEAD = `# The types of the standard

<!-- Made by scripts/tools/standard-files/generate.ts of schema/data and the schemas of the subgraphs: change it there. -->

Every type of data with its fields: how departments share each (共享), whether it is open to the public (开放), its grade (分级), and the class
that is enforced. Then the rules of its rows; each has a row that keeps and one that breaks it in \`schema/data/rules/\`. A **warning** does not
keep a row out; rules marked **in** are for rows on their way in alone. [The standard](standard.md) has the versions and the code lists.`;

export function createEntitiesPage(): string {
  return `${[HEAD, ...graphTypes().flatMap(entityText)].join('\n\n')}\n`;
}

function entityText({ name, description, fields }: GraphType): string[] {
  const terms = entityTerms().get(name);
  const rules = entityRules(name);
  const rows = fields.map((field) => {
    const { name: text = '', sharing = '', opening = '', grade = '' } = terms?.fields.get(field.name) ?? {};
    return [`\`${field.name}\``, text, sharing, opening, grade, field.dataClass];
  });
  return [
    `## ${name}`,
    `**${terms?.name ?? ''}** ${description}`,
    table(['field', 'name', 'sharing', 'opening', 'grade', 'class'], rows),
    ...(rules.length === 0 ? [] : [table(['rule', 'name', 'holds', 'kind', 'says', 'basis'], rules.map(ruleRow))]),
  ];
}

function ruleRow({ id, name, kind, fields, message, basis, severity, gate, since, until, when }: EntityRule): string[] {
  const marks = [
    since === '1' ? '' : `from version ${since}`,
    until === null ? '' : `until version ${until}`,
    severity === 'WARNING' ? '**warning**' : '',
    gate === 'IN' ? '**in**' : '',
    when === null ? '' : `if \`${when.field}\` ${conditionText(when)}`,
  ];
  const holds = [fields.map((field) => `\`${field}\``).join(' '), ...marks.filter((mark) => mark !== '')].join('; ');
  return [id, name, holds, kind, message, basis];
}

function conditionText(when: NonNullable<EntityRule['when']>): string {
  if ('in' in when) return `is ${when.in.join(', ')}`;
  return 'matches' in when ? `matches \`${when.matches}\`` : when.present ? 'is there' : 'is not there';
}
