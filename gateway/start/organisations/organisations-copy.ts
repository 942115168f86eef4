/** The last directory that was read, in a file of the data folder: a gateway that starts while the exchange is away has it. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isObject, type Organisation, parseOrganisation } from '@yiwang/schema';
import { makeFolder } from '../../kit/files/make-folder.ts';

export interface OrganisationsCopy {
  readonly version: string | undefined;
  readonly organisations: readonly Organisation[];
}

/** Undefined if there is no file. Throws an `Error` that names the file if it cannot be used. */
export async function readOrganisationsCopy(file: string): Promise<OrganisationsCopy | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The copy of the organisation directory ${file} cannot be read: ${(error as Error).message}.`);
  }
  try {
    return parseCopy(JSON.parse(text));
  } catch (error) {
    throw new Error(`The copy of the organisation directory ${file} cannot be used: ${(error as Error).message}.`);
  }
}

function parseCopy(content: unknown): OrganisationsCopy {
  const rows = isObject(content) ? content.organisations : undefined;
  if (!isObject(content) || !Array.isArray(rows)) throw new Error('it must hold { "organisations": [...] }');
  const organisations = rows.map((row: unknown, index): Organisation => {
    const parsed = parseOrganisation(row);
    if (parsed.kind === 'invalid') throw new Error(`organisations[${index}]: ${parsed.faults.join('; ')}`);
    return parsed.organisation;
  });
  return { version: typeof content.version === 'string' ? content.version : undefined, organisations };
}

/** Replaces the file in one step, so that no reader sees half of it. */
export async function writeOrganisationsCopy(file: string, copy: OrganisationsCopy): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  try {
    await makeFolder(dirname(file));
    await writeFile(draft, JSON.stringify(copy));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}
