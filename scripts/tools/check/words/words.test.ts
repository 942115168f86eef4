import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { splitSource } from './lexer.ts';
import { findStruckWords, type StruckList } from './words.ts';

const LIST: StruckList = {
  '': {
    prose: { wombat: 'client' },
    names: { 'print tree': 'serialize tree', quokka: 'filter' },
    identifiers: { zebra: 'reported' },
  },
  'gateway/': { names: { gate: 'limiter' } },
};

const faultsIn = (text: string, path = 'schema/x.ts'): readonly string[] => findStruckWords([{ path, text }], LIST);

describe('a struck word', () => {
  const found: readonly (readonly [name: string, text: string, path: string, fault: string])[] = [
    [
      'in a camel-case name',
      'const createWombatOptions = 1;',
      'schema/x.ts',
      'schema/x.ts:1: "wombat" is struck; use "client" in "createWombatOptions"',
    ],
    [
      'in a constant',
      'const A = 1;\nconst WOMBAT_MAX = 1;',
      'schema/x.ts',
      'schema/x.ts:2: "wombat" is struck; use "client" in "WOMBAT_MAX"',
    ],
    ['in a property', 'a.quokka', 'schema/x.ts', 'schema/x.ts:1: "quokka" is struck; use "filter" in "quokka"'],
    [
      'as words in a row',
      'printTreeOf(x)',
      'schema/x.ts',
      'schema/x.ts:1: "print tree" is struck; use "serialize tree" in "printTreeOf"',
    ],
    [
      'in a file name',
      '',
      'schema/wombat-state.ts',
      'schema/wombat-state.ts: "wombat" is struck; use "client" in the path',
    ],
    ['in a template', `\`a\${zebra}b\``, 'schema/x.ts', 'schema/x.ts:1: the name "zebra" is struck; use reported'],
    ['in a comment', '/**\n * The wombat.\n */', 'schema/x.ts', 'schema/x.ts:2: "wombat" is struck; use "client"'],
    ['in a document', '# A\n\nThe Wombat waits.', 'README.md', 'README.md:3: "wombat" is struck; use "client"'],
    ['in its folder', 'const gate = 1;', 'gateway/x.ts', 'gateway/x.ts:1: "gate" is struck; use "limiter" in "gate"'],
  ];
  test.each(found)('%s is found', (_name, text, path, fault) => {
    expect(faultsIn(text, path)).toEqual([fault]);
  });

  const allowed: readonly (readonly [name: string, text: string, path: string])[] = [
    ['in a string', "const a = 'wombat'; const b = `wombat`;", 'schema/x.ts'],
    ['in a regular expression', 'const a = /wombat\\/"/u;', 'schema/x.ts'],
    ['as a part of a word', 'const inquokka = unzebraWombats;', 'schema/x.ts'],
    ['as a part of an identifier, if only the whole is struck', 'const zebraNames = 1;', 'schema/x.ts'],
    ['in a comment, if only names are struck', '// Out of quokka.', 'schema/x.ts'],
    ['in backticks of a document', 'Once `wombat.ts`.', 'README.md'],
    ['outside its folder', 'const gate = 1;', 'schema/x.ts'],
  ];
  test.each(allowed)('%s is allowed', (_name, text, path) => {
    expect(faultsIn(text, path)).toEqual([]);
  });
});

test('the lexer tells code from strings, templates, comments and regular expressions', () => {
  const text = [
    "import { a } from './not-b.ts'; // c 'd",
    `const e = \`f \${g({ h: \`i \${j}\` })} k\`; /* l */`,
    "const m = n / o / p, q = /r[/]s/g.test(t) ? u : 'v\\'w';",
  ].join('\n');
  const { identifiers, comments } = splitSource(text);
  expect(identifiers.map(({ text }) => text).join(' ')).toBe('import a from const e g h j const m n o p q test t u');
  expect(comments.map(({ text, line }) => `${line} ${text}`)).toEqual(["1 // c 'd", '2 /* l */']);
});

test('every struck word of the list is in lower case and has a replacement without a struck word', () => {
  const list = JSON.parse(readFileSync(new URL('./struck-words.json', import.meta.url), 'utf8')) as StruckList;
  const entries = Object.values(list).flatMap(({ names, prose }) => Object.entries({ ...names, ...prose }));
  expect(entries.length).toBeGreaterThan(50);
  expect(entries.filter(([word, use]) => !/^[a-z]+( [a-z]+)*$/.test(word) || use === '')).toEqual([]);
  const everywhere = { '': { prose: list['']!.prose! } };
  const text = entries.map(([, use]) => use).join('\n');
  expect(findStruckWords([{ path: 'replacements.md', text }], everywhere)).toEqual([]);
});
