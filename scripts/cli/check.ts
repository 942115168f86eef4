/** `yiwang check`: a platform's schema against the standard's, with a report of every breach. */
import { readFile } from 'node:fs/promises';
import { checkSchema } from '@yiwang/schema/sdl/check-schema.ts';
import { completeSdl, definitionsOf, readDocument } from '@yiwang/schema/sdl.ts';
import { type DocumentNode, Kind, parse } from 'graphql';
import { type Command, readFlags, UsageError } from '../tools/flags.ts';

const ROOT = new URL('../../', import.meta.url);
const SUBGRAPHS: Readonly<Record<string, string>> = {
  national: 'subgraphs/national/schema.graphql',
  provincial: 'subgraphs/provincial/schema.graphql',
  municipal: 'subgraphs/municipal/schema.graphql',
  supervision: 'subgraphs/platform/supervision/schema.graphql',
  exchange: 'subgraphs/exchange/schema.graphql',
};

export const CHECK: Command = {
  name: 'check',
  usage: 'check FILE [--subgraph NAME]',
  about:
    "Checks a platform's schema (SDL) against the standard's: what is missing, weaker, foreign, or without its rules.",
  async run(args, terminal) {
    const { flags, words } = readFlags(args, { subgraph: 'strings' }, 1);
    const [file] = words;
    if (file === undefined) throw new UsageError('Say which file holds the schema.');
    const platform = await readSdl(file);
    const names = flags.subgraph ?? guessSubgraphs(platform);
    if (names.length === 0)
      throw new Error(`${file} has no root field of the standard; say which it should serve by --subgraph.`);
    const findings = names.flatMap((name) => checkSchema(platform, completeSdl(readDocument(fileOf(name)))));
    const lines = [...new Set(findings.map(({ coordinate, message }) => `${coordinate} ${message}.`))];
    for (const line of lines) terminal.out(`${line}\n`);
    const served = names.join(', ');
    terminal.out(
      lines.length === 0 ? `${file} conforms: ${served}.\n` : `${file}: ${lines.length} breaches of ${served}.\n`,
    );
    return lines.length === 0 ? 0 : 1;
  },
};

async function readSdl(file: string): Promise<DocumentNode> {
  try {
    return completeSdl(parse(await readFile(file, 'utf8'), { noLocation: true }));
  } catch (error) {
    throw new Error(`${file} cannot be read as a schema: ${(error as Error).message}`, { cause: error });
  }
}

function fileOf(name: string): URL {
  const path = SUBGRAPHS[name];
  if (path === undefined)
    throw new UsageError(`There is no subgraph "${name}"; there are ${Object.keys(SUBGRAPHS).join(', ')}.`);
  return new URL(path, ROOT);
}

/** The subgraphs of which the schema has at least one root field. */
function guessSubgraphs(platform: DocumentNode): string[] {
  const own = rootFieldsOf(platform);
  return Object.keys(SUBGRAPHS).filter((name) =>
    rootFieldsOf(readDocument(fileOf(name))).some((field) => own.includes(field)),
  );
}

function rootFieldsOf(document: DocumentNode): string[] {
  const query = definitionsOf(document).find(([name]) => name === 'Query')?.[1];
  return query?.kind === Kind.OBJECT_TYPE_DEFINITION ? (query.fields ?? []).map((field) => field.name.value) : [];
}
