/** The schemas of the standard's subgraphs, as `npx yiwang schema NAME` prints them, for who has this package alone. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { createSubgraphSchema, type SubgraphSchema } from './subgraph-schema.ts';

const FOLDER = new URL('../generated/subgraphs/', import.meta.url);
const SUPERGRAPH = new URL('../supergraph.graphql', import.meta.url);
const EXTENSION = '.graphql';

/** Names and texts. */
export function readStandardSubgraphs(): ReadonlyMap<string, string> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(EXTENSION));
  return new Map(
    files.sort().map((file) => [file.slice(0, -EXTENSION.length), readFileSync(new URL(file, FOLDER), 'utf8')]),
  );
}

/** By name, ready for `checkSchema`. */
export function parseStandardSubgraphs(): ReadonlyMap<string, SubgraphSchema> {
  return new Map(
    [...readStandardSubgraphs()].map(([name, sdl]) => [name, createSubgraphSchema(parse(sdl, { noLocation: true }))]),
  );
}

/** SHA-256 of the standard's supergraph: a gateway that serves another one has another standard. */
export function standardSupergraphDigest(): string {
  return createHash('sha256').update(readFileSync(SUPERGRAPH)).digest('hex');
}
