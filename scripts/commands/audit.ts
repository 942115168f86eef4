/** `yiwang audit verify`: whether the record of operations is whole and still can only grow. */
import { openDatabase } from '@yiwang/gateway/kit/database.ts';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { verifyRecord } from '@yiwang/gateway/record/index.ts';
import { type Command, readFlags, UsageError } from './usage.ts';

const STATEMENT_MS = 600_000;

export const AUDIT: Command = {
  name: 'audit',
  usage: 'audit verify [--database URL]',
  about: 'Verifies the record of operations: its numbers run without a gap, and nothing can be changed or removed.',
  async run(args, terminal) {
    const { flags, words } = readFlags(args, { database: 'string' }, 1);
    if (words[0] !== 'verify') throw new UsageError('Say what to do: audit verify.');
    const url = flags.database ?? process.env.GATEWAY_DATABASE_URL;
    if (!url) throw new UsageError('Say where the record is: --database URL, or GATEWAY_DATABASE_URL.');
    if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
      throw new UsageError('--database must be such as postgres://user:password@host:5432/database.');
    }
    const database = openDatabase({
      url,
      connectionsMax: 1,
      connectMs: DEFAULT_LIMITS.databaseMs,
      statementMs: STATEMENT_MS,
    });
    try {
      const { entries, first, last, findings } = await verifyRecord(database);
      terminal.out(`${entries} entries${first === undefined ? '' : `, from ${first} to ${last}`}\n`);
      for (const finding of findings) terminal.error(`${finding}\n`);
      if (findings.length === 0) terminal.out('The record is whole and can only grow.\n');
      return findings.length === 0 ? 0 : 1;
    } catch (error) {
      throw new Error(`The record cannot be read: ${(error as Error).message}.`, { cause: error });
    } finally {
      await database.close();
    }
  },
};
