import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const DECISIONS = readdirSync(join(ROOT, 'docs/decisions')).sort();
const DOCUMENTS = ['', 'docs/', 'docs/decisions/', 'docker/', 'examples/'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}${name}`),
);
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** A file of the repository in backticks: a folder at the root, and a name with an ending. Made at run time: not among them. */
const FILE = /`((?:schema|gateway|subgraphs|scripts|docker|docs|examples)\/[\w./-]+\.\w+)`/g;
/** A name of a file alone, and a folder. */
const NAME = /`([\w-]+\.(?:ts|js|sql))`/g;
const FOLDER = /`((?:schema|gateway|subgraphs|scripts|docker|examples)\/[\w/-]+\/)`/g;
/** A heading of a page, in this one or in another. */
const ANCHOR = /\]\((?!https?:)([^)#]*)#([^)]+)\)/g;
const LINK = /\]\((?!https?:|#)([^)#]+)[^)]*\)/g;

/** As GitHub makes them of headings. */
function slugsOf(page: string): string[] {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!.toLowerCase());
  return headings.map((heading) => heading.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-'));
}

const NAMES = new Set(
  ['schema', 'gateway', 'subgraphs', 'scripts', 'docker', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => basename(path)),
  ),
);

describe.each(DOCUMENTS.map((path) => [path]))('%s', (path) => {
  test('names files that are there', () => {
    const named = [...read(path).matchAll(FILE)].map((match) => match[1]!);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    const folders = [...read(path).matchAll(FOLDER)].map((match) => match[1]!);
    expect(folders.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
    const names = [...read(path).matchAll(NAME)].map((match) => match[1]!);
    expect(names.filter((name) => !NAMES.has(name))).toEqual([]);
  });

  test('links to files that are there', () => {
    const linked = [...read(path).matchAll(LINK)].map((match) => match[1]!);
    expect(linked.filter((file) => !existsSync(join(ROOT, dirname(path), file)))).toEqual([]);
  });

  test('links to headings that are there', () => {
    const faults = [...read(path).matchAll(ANCHOR)].filter(([, file, anchor]) => {
      const target = file === '' ? path : join(dirname(path), file!);
      return target.endsWith('.md') && !slugsOf(read(target)).includes(anchor!);
    });
    expect(faults.map(([link]) => link)).toEqual([]);
  });
});

describe('decisions', () => {
  test('have numbers of their own, without a gap', () => {
    expect(DECISIONS.map((name) => Number(name.slice(0, 4)))).toEqual(DECISIONS.map((_, index) => index + 1));
  });

  test.each(DECISIONS.map((name) => [name]))(
    '%s says what was decided, why, what else, and what would change it',
    (name) => {
      const heads = [...read(`docs/decisions/${name}`).matchAll(/^\*\*([^*]+)\.\*\*/gm)].map((match) => match[1]);
      expect(heads).toEqual(['Decided', 'Why', 'Weighed', 'Would change our mind']);
    },
  );
});
