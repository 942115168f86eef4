/** `yiwang compose`: composes the project's subgraphs into the committed supergraph. */
import { runCompose } from '../../tools/compose.ts';
import { readFlags } from '../../tools/flags.ts';
import type { Command } from '../command.ts';

export const COMPOSE: Command = {
  name: 'compose',
  usage: 'compose [--check]',
  about: 'Composes the subgraphs into schema/supergraph.graphql; --check only says whether it is up to date.',
  async run(args, terminal) {
    const { flags } = readFlags(args, { check: 'boolean' });
    const check = flags.check ?? false;
    const code = runCompose({ check });
    if (code === 0) terminal.out(check ? 'The supergraph is up to date.\n' : 'schema/supergraph.graphql is written.\n');
    return code;
  },
};
