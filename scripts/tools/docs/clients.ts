/** The tables of docs/clients.md that follow from code: error codes, the limits that clients meet, scalars. */
import { readFileSync } from 'node:fs';
import { ERROR_CODES, type ErrorCode } from '@yiwang/gateway/model/errors.ts';
import { LIMIT_RULES, type LimitName } from '@yiwang/gateway/model/limits.ts';
import { standardScalars } from '@yiwang/schema';
import { parse } from 'graphql';
import { scalarTypes } from '../codegen/scalar-types.ts';
import { replaceSection } from '../marked-section.ts';
import { ERROR_NOTES } from './error-notes.ts';
import { LIMIT_NOTES } from './limit-notes.ts';
import { formatNumber, table } from './markdown.ts';

const PAGE = new URL('../../../docs/clients.md', import.meta.url);
const WRITER = 'written by scripts/tools/docs/generate.ts';

/** Those that a client meets by what it asks. */
const MET_BY_CLIENTS: readonly LimitName[] = [
  'bodyBytesMax',
  'urlBytesMax',
  'operationTextMax',
  'tokensMax',
  'depthMax',
  'fieldsMax',
  'rootFieldsMax',
  'aliasesMax',
  'listSizeMax',
  'inputItemsMax',
  'rowsMax',
  'responseBytesMax',
  'operationDeadlineMs',
  'operationsInFlightMax',
  'callerPercentMax',
  'anonymousPercentMax',
  'wrongCredentialsMax',
];

/** The committed page with its tables as they follow from code. */
export function createClientsPage(): string {
  const sections = { errors: errorTable(), limits: limitTable(), scalars: scalarTable() };
  return Object.entries(sections).reduce(
    (page, [name, text]) =>
      replaceSection(page, { start: `<!-- ${name}: ${WRITER} -->`, end: `<!-- end of ${name} -->` }, text),
    readFileSync(PAGE, 'utf8'),
  );
}

function errorTable(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, status]) => {
    const { means, remedy } = ERROR_NOTES[code as ErrorCode];
    return [`\`${code}\``, String(status), means, remedy];
  });
  return table(['code', 'status without data', 'means', 'do'], rows);
}

function limitTable(): string {
  const rows = MET_BY_CLIENTS.map((name) => {
    const { about, unit, default: usual } = LIMIT_RULES[name];
    return [`\`${name}\``, about, `${formatNumber(usual)} ${unit}`, LIMIT_NOTES[name].reached];
  });
  return table(['limit', 'bounds', 'default', 'at the limit'], rows);
}

function scalarTable(): string {
  const scalars = Object.values(standardScalars);
  const types = scalarTypes(parse(scalars.map(({ name }) => `scalar ${name}`).join('\n')));
  const rows = scalars.map(({ name, description }) => [`\`${name}\``, `\`${types[name]!.output}\``, description]);
  return table(['scalar', 'JSON and TypeScript', 'form'], rows);
}
