/** `yiwang check`: a platform's schema against the standard's: what it serves in another way, and what it does not serve. */
import { checkSchema, createSubgraphSchema, definitionsOf } from '@yiwang/schema/sdl';
import { standardVersion } from '@yiwang/schema/standard';
import { type DocumentNode, Kind } from 'graphql';
import { readFlags, UsageError } from '../../tools/flags.ts';
import { readSubgraph, SUBGRAPH_NAMES } from '../../tools/subgraph-files.ts';
import { REPORT_FORMATS } from '../check/formats.ts';
import { readPlatformSchema } from '../check/read-schema.ts';
import { countOf, createReport, type SubgraphReport } from '../check/report.ts';
import type { Command } from '../command.ts';

const FLAGS = { subgraph: 'strings', whole: 'boolean', format: 'string', header: 'strings' } as const;

export const CHECK: Command = {
  name: 'check',
  usage: "check FILE|URL [--subgraph NAME] [--whole] [--format table|json|junit] [--header 'NAME: VALUE']",
  about:
    "Checks a platform's schema (SDL, or the GraphQL endpoint that serves it) against the standard's. A platform may serve a part: what it lacks is listed, and fails the check with --whole alone; what it serves in another way than the standard always fails it.",
  async run(args, terminal) {
    const { flags, words } = readFlags(args, FLAGS, 1);
    const [source] = words;
    if (source === undefined) throw new UsageError('Say which file or URL holds the schema.');
    const format = flags.format ?? 'table';
    const print = Object.hasOwn(REPORT_FORMATS, format) ? REPORT_FORMATS[format] : undefined;
    if (print === undefined) {
      throw new UsageError(`There is no format "${format}"; there are ${Object.keys(REPORT_FORMATS).join(', ')}.`);
    }
    const platform = await readPlatformSchema(source, parseHeaders(flags.header ?? []));
    const names = flags.subgraph ?? guessSubgraphs(platform);
    if (names.length === 0)
      throw new Error(`${source} has no root field of the standard; say which it should serve by --subgraph.`);
    const report = createReport(source, standardVersion(), checkSubgraphs(platform, names));
    terminal.out(print(report, { color: terminal.color ?? false }));
    return countOf(report, 'breach') > 0 || (flags.whole && countOf(report, 'lack') > 0) ? 1 : 0;
  },
};

function parseHeaders(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    try {
      headers.append(line.slice(0, Math.max(colon, 0)).trim(), line.slice(colon + 1).trim());
    } catch {
      throw new UsageError(`--header "${line.split(':')[0]}" is no header; write 'name: value'.`);
    }
  }
  return headers;
}

function checkSubgraphs(platform: DocumentNode, names: readonly string[]): SubgraphReport[] {
  const known = SUBGRAPH_NAMES.map((name) => createSubgraphSchema(readSubgraph(name)).document);
  const own = rootFieldsOf(platform);
  return names.map((name) => {
    const standard = createSubgraphSchema(readSubgraph(name));
    const rootFields = rootFieldsOf(standard.document);
    return {
      name,
      rootFields: rootFields.length,
      rootFieldsServed: rootFields.filter((field) => own.includes(field)).length,
      types: definitionsOf(standard.document).map(([type]) => type),
      findings: checkSchema(platform, standard, known),
    };
  });
}

/** The subgraphs of which the schema has at least one root field. One that several subgraphs share tells none of them. */
function guessSubgraphs(platform: DocumentNode): string[] {
  const own = rootFieldsOf(platform);
  const fields = SUBGRAPH_NAMES.map((name) => ({ name, rootFields: rootFieldsOf(readSubgraph(name)) }));
  const isShared = (field: string) => fields.filter(({ rootFields }) => rootFields.includes(field)).length > 1;
  return fields
    .filter(({ rootFields }) => rootFields.some((field) => own.includes(field) && !isShared(field)))
    .map(({ name }) => name);
}

function rootFieldsOf(document: DocumentNode): string[] {
  const query = definitionsOf(document).find(([name]) => name === 'Query')?.[1];
  return query?.kind === Kind.OBJECT_TYPE_DEFINITION ? (query.fields ?? []).map((field) => field.name.value) : [];
}
