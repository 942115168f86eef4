/** `yiwang schema`: a subgraph of the standard as one file, from which a platform can be built. */
import { printSubgraphSchema } from '@yiwang/schema/sdl';
import { readFlags, UsageError } from '../../tools/flags.ts';
import { readSubgraph, SUBGRAPH_NAMES } from '../../tools/subgraph-files.ts';
import type { Command } from '../command.ts';

export const SCHEMA: Command = {
  name: 'schema',
  usage: 'schema NAME',
  about: `Prints the schema of a subgraph that platforms serve (${SUBGRAPH_NAMES.join(', ')}): a valid subgraph of Federation 2 with its links and directives, from which a platform can be built.`,
  async run(args, terminal) {
    const [name] = readFlags(args, {}, 1).words;
    if (name === undefined) throw new UsageError(`Say which subgraph: ${SUBGRAPH_NAMES.join(', ')}.`);
    terminal.out(printSubgraphSchema(readSubgraph(name)));
    return 0;
  },
};
