/**
 * Reads the case folders. A case has `subgraphs.ts`; `query.graphql` and further such files, each a document with one
 * or more operations; `variables.json` if they take variables; `response.json` and `plan.txt`; and `composers.json` if
 * not every composer takes the subgraphs. `UPDATE_PLANS=1` writes the plans.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import type { Composer } from './federation.ts';
import type { GraphQLResult, RequestParams } from './reference-engine.ts';
import type { Subgraphs } from './subgraph-server.ts';

export interface Expected extends GraphQLResult {
  /** The data of the reference engine if they are known to be wrong. */
  readonly reference: unknown;
  /** The data with plans of Apollo's planner if they are known to be wrong. */
  readonly apollo: unknown;
}

export interface Case {
  readonly name: string;
  /** The expected `plan.txt`. */
  readonly plans: string;
  readonly composers: readonly Composer[];
  readonly operations: readonly (RequestParams & { readonly operationName: string; readonly expected: Expected })[];
  subgraphs(): Promise<Subgraphs>;
}

const FOLDER = new URL('./cases/', import.meta.url);

export function readCases(): Case[] {
  return readdirSync(FOLDER).map((name) => readCase(name, new URL(`${name}/`, FOLDER)));
}

/** Throws an `Error` for a response or variables without an operation. */
function readCase(name: string, folder: URL): Case {
  const responses = readJson(new URL('response.json', folder)) as Record<string, Partial<Expected>>;
  const variables = readJson(new URL('variables.json', folder)) as Record<string, Record<string, unknown>>;
  const operations = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .flatMap((file) => operationsIn(readFileSync(new URL(file, folder), 'utf8')));
  const operationNames = new Set(operations.map(({ operationName }) => operationName));
  const stray = Object.keys({ ...responses, ...variables }).find((key) => !operationNames.has(key));
  if (stray !== undefined) throw new Error(`${name}: there is no operation "${stray}"`);
  return {
    name,
    plans: readText(new URL('plan.txt', folder)),
    composers: composersOf(folder),
    operations: operations.map(({ query, operationName }) => {
      const { data = null, errors = [], reference = data, apollo = data } = responses[operationName] ?? {};
      const expected = { data, errors, reference, apollo };
      return { query, operationName, variables: variables[operationName], expected };
    }),
    subgraphs: async () => {
      const { SUBGRAPHS } = (await import(new URL('subgraphs.ts', folder).href)) as { SUBGRAPHS: Subgraphs };
      return SUBGRAPHS;
    },
  };
}

function composersOf(folder: URL): readonly Composer[] {
  const file = new URL('composers.json', folder);
  return existsSync(file) ? (JSON.parse(readText(file)) as Composer[]) : ['theguild', 'apollo'];
}

function operationsIn(query: string): { readonly query: string; readonly operationName: string }[] {
  return parse(query).definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION && node.name ? { query, operationName: node.name.value } : [],
  );
}

/** Writes `plan.txt` of a case. */
export function writePlans(name: string, plans: string): void {
  writeFileSync(new URL(`${name}/plan.txt`, FOLDER), plans);
}

function readText(file: URL): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function readJson(file: URL): Record<string, unknown> {
  return JSON.parse(readText(file) || '{}') as Record<string, unknown>;
}
