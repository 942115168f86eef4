/** `yiwang audit`: verifies the record of operations, moves months of it into files, and prints digests of masked values. */
import { existsSync } from 'node:fs';
import { keyFilesOf, recordHeadFileOf } from '@yiwang/gateway/config/keys.ts';
import { prepareFindings } from '@yiwang/gateway/conform/index.ts';
import { type KeyPair, readOrCreateKeyPair, readOrCreateSecret } from '@yiwang/gateway/kit/crypto/key-files.ts';
import { createKeyedDigest, maskText } from '@yiwang/gateway/kit/crypto/keyed-digest.ts';
import {
  type ArchiveStatement,
  archiveRecord,
  auditArchive,
  auditRecord,
  prepareRecord,
} from '@yiwang/gateway/record/index.ts';
import { type Flags, readFlags, UsageError } from '../../tools/flags.ts';
import type { Command, Terminal } from '../command.ts';
import { findDataFolder, recordUrlOf } from '../config.ts';
import { withGatewayDatabase } from '../gateway-database.ts';

const FLAGS = { database: 'string', data: 'string', before: 'string', to: 'string' } as const;
const WORDS_MAX = 1_000;

export const AUDIT: Command = {
  name: 'audit',
  usage:
    'audit verify [ARCHIVE ...] | archive --before YYYY-MM --to FILE | digest TEXT | prepare [--database URL] [--data FOLDER]',
  about:
    'Verifies the record of operations and its archives, moves months before one into a signed file, says what a masked text is masked as, or makes the record in a database as its owner.',
  async run(args, terminal) {
    const { flags, words } = readFlags(args, FLAGS, WORDS_MAX);
    const [action, ...rest] = words;
    switch (action) {
      case 'verify':
        return verify(rest, flags, terminal);
      case 'archive':
        return archive(flags, terminal);
      case 'digest':
        return digest(rest, flags, terminal);
      case 'prepare':
        return prepare(flags, terminal);
      default:
        throw new UsageError('Say what to do: audit verify, audit archive, audit digest or audit prepare.');
    }
  },
};

type AuditFlags = Flags<typeof FLAGS>;

/** 1 if something was found. */
async function verify(
  files: readonly string[],
  { database: url, data }: AuditFlags,
  terminal: Terminal,
): Promise<number> {
  const { folder } = await findDataFolder(data);
  const keyFile = keyFilesOf(folder).record;
  const publicKeys = existsSync(keyFile) ? [(await readOrCreateKeyPair(keyFile)).publicJwk] : [];
  const archives: ArchiveStatement[] = [];
  const findings: string[] = [];
  for (const file of files) {
    const report = await auditArchive(file, publicKeys).catch((error: Error) => {
      throw new UsageError(`The archive ${file} cannot be read: ${error.message}.`);
    });
    archives.push(...report.months);
    findings.push(...report.findings.map((finding) => `${file}: ${finding}`));
  }
  const headFile = recordHeadFileOf(folder);
  const report = await withGatewayDatabase({ url: recordUrlOf(url), folder, what: 'record' }, (database) =>
    auditRecord(database, { publicKeys, headFile, archives }),
  );
  const { entries, first, last, notes } = report;
  findings.push(...report.findings);
  terminal.out(`${entries} entries${first === undefined ? '' : `, from ${first} to ${last}`}\n`);
  for (const { month, first, last } of archives) terminal.out(`${month}: entries ${first} to ${last}, in an archive\n`);
  for (const note of notes) terminal.out(`${note}\n`);
  for (const finding of findings) terminal.error(`${finding}\n`);
  if (findings.length === 0) terminal.out('The record is whole and can only grow.\n');
  return findings.length === 0 ? 0 : 1;
}

async function archive({ before, to, database: url, data }: AuditFlags, terminal: Terminal): Promise<number> {
  if (before === undefined || !/^\d{4}-(0[1-9]|1[0-2])$/.test(before))
    throw new UsageError('Say which months: --before YYYY-MM.');
  if (to === undefined) throw new UsageError('Say where to: --to FILE.');
  if (existsSync(to)) throw new UsageError(`The file ${to} is there already; name another.`);
  const { folder } = await findDataFolder(data);
  const key = await recordKeyOf(folder);
  const archivedMonths = await withGatewayDatabase({ url: recordUrlOf(url), folder, what: 'record' }, (database) =>
    archiveRecord(database, { before, file: to, key }),
  );
  for (const { month, first, last } of archivedMonths)
    terminal.out(`${month}: entries ${first} to ${last} are in ${to}\n`);
  if (archivedMonths.length === 0) terminal.out(`There are no entries before ${before}.\n`);
  return 0;
}

/** Reads the key of a gateway that has run. An archive signed with a new key would prove nothing. */
async function recordKeyOf(folder: string): Promise<KeyPair> {
  const file = keyFilesOf(folder).record;
  if (!existsSync(file))
    throw new UsageError(`There is no key ${file} to sign with; name the gateway's folder: --data FOLDER.`);
  return readOrCreateKeyPair(file);
}

/** Prints what the record holds in place of a text, so that auditors can find it and prove that it is the same. */
async function digest(texts: readonly string[], { data }: AuditFlags, terminal: Terminal): Promise<number> {
  if (texts.length === 0) throw new UsageError('Say which text: audit digest TEXT.');
  const file = keyFilesOf((await findDataFolder(data)).folder).recordDigest;
  if (!existsSync(file)) throw new UsageError(`There is no secret ${file}; name the gateway's folder: --data FOLDER.`);
  const keyed = createKeyedDigest(await readOrCreateSecret(file, ''));
  for (const text of texts) terminal.out(`${maskText(text, keyed)}\n`);
  return 0;
}

async function prepare({ database: url, data }: AuditFlags, terminal: Terminal): Promise<number> {
  const { folder } = await findDataFolder(data);
  const source = { url: recordUrlOf(url), folder, what: 'record' } as const;
  const { roles } = await withGatewayDatabase(source, async (database) => {
    const prepared = await prepareRecord(database);
    await prepareFindings(database, prepared.roles.writer);
    return prepared;
  });
  terminal.out(
    roles.writer === undefined
      ? 'The record is prepared. This server gives it no roles: whoever writes it owns it.\n'
      : `The record is prepared. A user of the gateway's own needs two roles: grant ${roles.writer}, ${roles.reader} to USER\n`,
  );
  return 0;
}
