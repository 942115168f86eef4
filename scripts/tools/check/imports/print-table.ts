/** The import table → Markdown: the table, and its picture as a Mermaid diagram. */
import { replaceSection } from '../../marked-section.ts';
import { PARTS, type Part } from './import-table.ts';

const MARKS = { start: '<!-- imports: written by npm run imports -- --write -->', end: '<!-- end of imports -->' };

/** ARCHITECTURE.md with the table and the picture as they are today. */
export function withImports(document: string): string {
  return replaceSection(document, MARKS, printImports(PARTS));
}

export function printImports(parts: readonly Part[]): string {
  return `${printTable(parts)}\n\n${printPicture(parts)}`;
}

function printTable(parts: readonly Part[]): string {
  const rows = parts.map(
    (part) => `| ${part.name}${part.about ? ` (${part.about})` : ''} | ${mayImport(part, parts)} |`,
  );
  return ['| part | may import, besides itself |', '|---|---|', ...rows].join('\n');
}

/** So many parts are named one by one. */
const FEW = 4;

function mayImport(part: Part, parts: readonly Part[]): string {
  const { may, apart } = part;
  const above = parts.slice(0, parts.indexOf(part));
  if (above.length > FEW && above.every(({ name }) => may.includes(name))) return 'everything above';
  const names = may.map((name) => (partNamed(parts, name).face ? `the \`index.ts\` of ${name}` : name));
  const list = names.length === 0 ? 'nothing' : names.join(', ');
  return apart ? `${list}; never another of its kind` : list;
}

/** An arrow for each import that is allowed, but for those that a longer way through other parts implies. */
function printPicture(parts: readonly Part[]): string {
  const id = (name: string): string => `p${parts.findIndex((part) => part.name === name)}`;
  const boxes = parts.map(({ name }) => `  ${id(name)}["${name}"]`);
  const arrows = parts.flatMap(({ name, may }) =>
    may
      .filter((target) => !may.some((other) => other !== target && reaches(parts, other, target)))
      .map((target) => `  ${id(name)} --> ${id(target)}`),
  );
  return ['```mermaid', 'flowchart TD', ...boxes, ...arrows, '```'].join('\n');
}

function reaches(parts: readonly Part[], from: string, to: string): boolean {
  return partNamed(parts, from).may.some((next) => next === to || reaches(parts, next, to));
}

function partNamed(parts: readonly Part[], name: string): Part {
  const part = parts.find((candidate) => candidate.name === name);
  if (!part) throw new Error(`there is no part "${name}" in the import table`);
  return part;
}
