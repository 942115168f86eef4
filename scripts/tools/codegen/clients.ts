/** Views of the graph by audience → SDL and TypeScript types for developers of clients. */
import { readFileSync } from 'node:fs';
import * as typescript from '@graphql-codegen/typescript';
import { createViews, readApiSchema } from '@yiwang/gateway/supergraph/index.ts';
import { classesOfAudience, createGraphQLScalars } from '@yiwang/schema';
import { type GraphQLSchema, parse, printSchema } from 'graphql';
import { generateTypes } from './generate-types.ts';
import { scalarTypes } from './scalar-types.ts';

const SUPERGRAPH = new URL('../../../schema/supergraph.graphql', import.meta.url);

const READERS = {
  open: 'an application with an API key',
  department: 'a department',
  supervisor: 'a supervisor',
} as const;

export type ClientAudience = keyof typeof READERS;

/** SDL of the graph as the audience sees it. */
export function createClientSchema(audience: ClientAudience): string {
  return `# The graph as ${READERS[audience]} sees it: all that there is for the audience "${audience}".\n\n${printSchema(readClientView(audience))}\n`;
}

/** TypeScript types of the audience's view. */
export async function createClientTypes(audience: ClientAudience): Promise<string> {
  const document = parse(printSchema(readClientView(audience)), { noLocation: true });
  const types = await generateTypes({
    document,
    plugins: { typescript },
    config: { scalars: scalarTypes(document) },
  });
  return `/** Types of the graph as ${READERS[audience]} sees it. */\n${types}`;
}

/** The schema of the audience's view. */
export function readClientView(audience: ClientAudience): GraphQLSchema {
  const rule = { name: audience, classes: classesOfAudience(audience) };
  const views = createViews(readApiSchema(parse(readFileSync(SUPERGRAPH, 'utf8'))), [rule], createGraphQLScalars());
  return views.view(audience).schema;
}
