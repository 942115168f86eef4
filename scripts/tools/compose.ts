/** Composes the project's subgraphs into `schema/supergraph.graphql`; `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Composition, composeSupergraph } from '@yiwang/schema/compose';
import { readDocument } from '@yiwang/schema/sdl';
import { readSubgraph, SUBGRAPH_NAMES } from './subgraph-files.ts';

const ROOT = new URL('../../', import.meta.url);
export const SUPERGRAPH_FILE = new URL('schema/supergraph.graphql', ROOT);

export function composeProject(): Composition {
  const record = readDocument(new URL('gateway/record/subgraph/schema.graphql', ROOT));
  return composeSupergraph([
    ...SUBGRAPH_NAMES.map((name) => ({ name, sdl: readSubgraph(name) })),
    // The gateway serves its record itself.
    { name: 'record', sdl: record },
  ]);
}

/** Returns 0 if the file is written or unchanged, 1 if composition fails or, with `check`, the committed file differs. */
export function runCompose(options: { readonly check: boolean }): number {
  const composition = composeProject();
  if (composition.kind === 'failed') {
    for (const error of composition.errors) process.stderr.write(`${error}\n`);
    return 1;
  }
  if (!options.check) {
    writeFileSync(SUPERGRAPH_FILE, composition.supergraph);
    return 0;
  }
  if (readFileSync(SUPERGRAPH_FILE, 'utf8') === composition.supergraph) return 0;
  process.stderr.write(
    'schema/supergraph.graphql differs from the subgraphs: run "npx yiwang compose" and review the diff\n',
  );
  return 1;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  process.exitCode = runCompose({ check: process.argv.includes('--check') });
}
