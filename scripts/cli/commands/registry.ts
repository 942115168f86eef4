/** `yiwang registry`: versions of the supergraph that gateways follow, who uses what, and how far platforms are. */
import { userInfo } from 'node:os';
import { readFlags, UsageError } from '../../tools/flags.ts';
import type { Command } from '../command.ts';
import { findDataFolder, findNetworkFile, recordUrlOf } from '../config.ts';
import { withGatewayDatabase } from '../gateway-database.ts';
import { ACTIONS } from '../registry/actions.ts';

const FLAGS = {
  ...({ database: 'string', data: 'string', network: 'string', by: 'string', note: 'string' } as const),
  ...({ reason: 'string', needs: 'string', against: 'string', days: 'string', before: 'string' } as const),
} as const;
const WORDS_MAX = 100;

export const REGISTRY: Command = {
  name: 'registry',
  usage:
    'registry publish [FILE] [--note TEXT] | list | history | show N | diff N [N] | check [FILE] [--against N] [--days N] | promote N [--needs K/N] [--reason TEXT] | rollback | platforms [N] | usage [COORDINATE ...] | prune --before DAY | prepare [--by NAME] [--database URL] [--data FOLDER] [--network FILE]',
  about:
    'Keeps versions of the supergraph, signed and unchangeable; promotes one, or goes back; says who would break by a change, and which platforms conform to a version. Gateways with SCHEMA_REGISTRY=true serve what is promoted.',
  async run(args, terminal) {
    const { flags, words } = readFlags(args, FLAGS, WORDS_MAX);
    const [name = '', ...rest] = words;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw new UsageError(`Say what to do: ${Object.keys(ACTIONS).join(', ')}.`);
    const { folder } = await findDataFolder(flags.data);
    const by = flags.by ?? userInfo().username;
    const networkFile = () => findNetworkFile(flags);
    return withGatewayDatabase({ url: recordUrlOf(flags.database), folder, what: 'registry' }, (database) =>
      action({ database, terminal, folder, by, networkFile }, rest, flags),
    );
  },
};
