/** Keeps struck words from coming back: sources, file names and documents → faults, one line each. */

import type { SourceFile } from '../imports/source.ts';
import { type Located, splitSource } from './lexer.ts';

/** Each maps a word, or several in a row, to the word to use instead. */
export interface StruckWords {
  /** Struck in identifiers and file names. */
  readonly names?: Readonly<Record<string, string>>;
  /** Struck in comments and documents, too. */
  readonly prose?: Readonly<Record<string, string>>;
  /** Struck as a whole identifier, and allowed as a part of one. */
  readonly identifiers?: Readonly<Record<string, string>>;
}

/** By the path that files begin with; the empty one is for all. */
export type StruckList = Readonly<Record<string, StruckWords>>;

export function findStruckWords(files: readonly SourceFile[], list: StruckList): readonly string[] {
  const rules = Object.entries(list).map(([folder, words]) => ({ folder, ...compile(words) }));
  return files.flatMap((file) =>
    rules.filter(({ folder }) => file.path.startsWith(folder)).flatMap((rule) => checkFile(file, rule)),
  );
}

interface Rule {
  readonly names: Phrases;
  readonly prose: Phrases;
  readonly identifiers: ReadonlyMap<string, string>;
}

/** By their first word. */
type Phrases = ReadonlyMap<string, readonly Phrase[]>;

interface Phrase {
  readonly words: readonly string[];
  readonly replacement: string;
}

function compile({ names = {}, prose = {}, identifiers = {} }: StruckWords): Rule {
  return {
    names: toPhrases({ ...names, ...prose }),
    prose: toPhrases(prose),
    identifiers: new Map(Object.entries(identifiers)),
  };
}

function toPhrases(entries: Readonly<Record<string, string>>): Phrases {
  const phrases = new Map<string, Phrase[]>();
  for (const [text, replacement] of Object.entries(entries)) {
    const words = text.split(' ');
    phrases.set(words[0]!, [...(phrases.get(words[0]!) ?? []), { words, replacement }]);
  }
  return phrases;
}

function checkFile({ path, text }: SourceFile, rule: Rule): string[] {
  const faults = match(wordsOf(path), rule.names).map((fault) => `${path}: ${fault} in the path`);
  const checkProse = ({ text, line }: Located): string[] =>
    text
      .split('\n')
      .flatMap((part, i) => match(proseWords(part), rule.prose).map((fault) => `${path}:${line + i}: ${fault}`));
  if (path.endsWith('.md')) return [...faults, ...checkProse({ text, line: 1 })];
  const { identifiers, comments } = splitSource(text);
  return [
    ...faults,
    ...identifiers.flatMap((name) => checkIdentifier(path, name, rule)),
    ...comments.flatMap(checkProse),
  ];
}

function checkIdentifier(path: string, { text, line }: Located, { names, identifiers }: Rule): string[] {
  const replacement = identifiers.get(text);
  if (replacement !== undefined) return [`${path}:${line}: the name "${text}" is struck; use ${replacement}`];
  return match(wordsOf(text), names).map((fault) => `${path}:${line}: ${fault} in "${text}"`);
}

function match(words: readonly string[], phrases: Phrases): string[] {
  return words.flatMap((word, at) =>
    (phrases.get(word) ?? [])
      .filter((phrase) => phrase.words.every((part, i) => words[at + i] === part))
      .map((phrase) => `"${phrase.words.join(' ')}" is struck; use "${phrase.replacement}"`),
  );
}

/** `createJsonWriter` → create, json, writer; `kit/lru-cache.ts` → kit, lru, cache, ts. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Code in backticks is a name of something outside, or of what was. */
function proseWords(text: string): string[] {
  return (
    text
      .replace(/`[^`]*`/g, ' | ')
      .toLowerCase()
      .match(/[a-z0-9'’]+|[^\sa-z0-9]/g) ?? []
  );
}
