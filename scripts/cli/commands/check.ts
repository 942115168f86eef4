/** `yiwang check`: a platform's schema against the standard's: what it serves in another way, and what it does not serve. */
import { readFile } from 'node:fs/promises';
import { checkSchema, completeSdl, createSubgraphSchema, definitionsOf, type SchemaFinding } from '@yiwang/schema/sdl';
import { type DocumentNode, Kind, parse } from 'graphql';
import { readFlags, UsageError } from '../../tools/flags.ts';
import { readSubgraph, SUBGRAPH_NAMES } from '../../tools/subgraph-files.ts';
import type { Command } from '../command.ts';

export const CHECK: Command = {
  name: 'check',
  usage: 'check FILE [--subgraph NAME] [--whole]',
  about:
    "Checks a platform's schema (SDL) against the standard's. A platform may serve a part: what it lacks is listed, and fails the check with --whole alone; what it serves in another way than the standard always fails it.",
  async run(args, terminal) {
    const { flags, words } = readFlags(args, { subgraph: 'strings', whole: 'boolean' }, 1);
    const [file] = words;
    if (file === undefined) throw new UsageError('Say which file holds the schema.');
    const platform = await readSdl(file);
    const names = flags.subgraph ?? guessSubgraphs(platform);
    if (names.length === 0)
      throw new Error(`${file} has no root field of the standard; say which it should serve by --subgraph.`);
    const findings = findingsOf(platform, names);
    for (const { coordinate, message } of findings) terminal.out(`${coordinate} ${message}.\n`);
    const breaches = findings.filter(({ kind }) => kind === 'breach').length;
    terminal.out(summarize({ file, platform, names, breaches, lacks: findings.length - breaches }));
    return breaches > 0 || (flags.whole && findings.length > 0) ? 1 : 0;
  },
};

/** Each once, though several subgraphs may share the type. */
function findingsOf(platform: DocumentNode, names: readonly string[]): readonly SchemaFinding[] {
  const findings = names.flatMap((name) => checkSchema(platform, createSubgraphSchema(readSubgraph(name))));
  return [...new Map(findings.map((finding) => [`${finding.coordinate} ${finding.message}`, finding])).values()];
}

interface Summary {
  readonly file: string;
  readonly platform: DocumentNode;
  readonly names: readonly string[];
  readonly breaches: number;
  readonly lacks: number;
}

function summarize({ file, platform, names, breaches, lacks }: Summary): string {
  if (breaches + lacks === 0) return `${file} conforms: ${names.join(', ')}.\n`;
  const own = rootFieldsOf(platform);
  const parts = names.map((name) => {
    const fields = rootFieldsOf(readSubgraph(name));
    return `${name} (${fields.filter((field) => own.includes(field)).length} of ${fields.length} root fields)`;
  });
  if (breaches > 0)
    return `${file}: ${count(breaches, 'breach', 'breaches')} of ${parts.join(', ')}; it may not join the network with them.\n`;
  return [
    `${file} conforms in the part that it serves: ${parts.join(', ')}. It lacks ${count(lacks, 'thing', 'things')}, listed above.`,
    'It may join the network with this part. If an operation asks it for something that it lacks, the fetch gets nothing from it:',
    'the answer has PLATFORM_FAILED at the fields of the fetch, and its coverage lists the platform as FAILED.',
    '',
  ].join('\n');
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

async function readSdl(file: string): Promise<DocumentNode> {
  try {
    return completeSdl(parse(await readFile(file, 'utf8'), { noLocation: true }));
  } catch (error) {
    throw new Error(`${file} cannot be read as a schema: ${(error as Error).message}`, { cause: error });
  }
}

/** The subgraphs of which the schema has at least one root field. */
function guessSubgraphs(platform: DocumentNode): string[] {
  const own = rootFieldsOf(platform);
  return SUBGRAPH_NAMES.filter((name) => rootFieldsOf(readSubgraph(name)).some((field) => own.includes(field)));
}

function rootFieldsOf(document: DocumentNode): string[] {
  const query = definitionsOf(document).find(([name]) => name === 'Query')?.[1];
  return query?.kind === Kind.OBJECT_TYPE_DEFINITION ? (query.fields ?? []).map((field) => field.name.value) : [];
}
