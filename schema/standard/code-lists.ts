/** The code lists of the standard: every enumeration of the graph and every text that takes its values from a list. */
import { once, readData } from './data-file.ts';
import { isInVersion } from './versions.ts';

export interface CodeListEntry {
  readonly code: string;
  /** Chinese. */
  readonly name: string;
  /** First version of the standard with the code; the list's own if it names none. */
  readonly since?: string;
  /** First version without it. */
  readonly until?: string;
}

export interface CodeList {
  /** The enumeration of the graph, or the name that rules use. */
  readonly id: string;
  /** Chinese. */
  readonly name: string;
  /** True for an enumeration of the graph; false for texts. */
  readonly inGraph: boolean;
  readonly basis: string;
  /** Coordinates of fields of type text that take its values. */
  readonly fields: readonly string[];
  readonly codes: readonly CodeListEntry[];
}

interface CodeListRow {
  readonly id: string;
  readonly name: string;
  readonly enum?: false;
  readonly basis: string;
  readonly fields?: readonly string[];
  readonly codes: Readonly<Record<string, string | Omit<CodeListEntry, 'code'>>>;
}

/** In the order of the file. */
export const codeLists: () => readonly CodeList[] = once(() =>
  readData<{ readonly lists: readonly CodeListRow[] }>('code-lists.json').lists.map((list) => ({
    id: list.id,
    name: list.name,
    inGraph: list.enum !== false,
    basis: list.basis,
    fields: list.fields ?? [],
    codes: Object.entries(list.codes).map(([code, entry]) =>
      typeof entry === 'string' ? { code, name: entry } : { code, ...entry },
    ),
  })),
);

const byId = once(() => new Map(codeLists().map((list) => [list.id, list])));

export function codeList(id: string): CodeList | undefined {
  return byId().get(id);
}

/** The codes of a list in a version of the standard; none for a list that it lacks. */
export function codesOf(id: string, version: string): readonly string[] {
  const codes = codeList(id)?.codes ?? [];
  return codes
    .filter(({ since = '1', until = null }) => isInVersion({ since, until }, version))
    .map(({ code }) => code);
}
