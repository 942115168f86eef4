import { expect, test } from '@jest/globals';
import { keepReachable } from './declarations.ts';

const GENERATED = `import type { Far } from './far.ts';
export type Maybe<T> = T | null;

/** What nobody asks for. */
export type Unused = {
  root: Root;
};
export type Root = {
  field?: Maybe<Used>;
  Named: string;
  texts: Texts['Quoted'];
};
export interface Used {
  again: Root;
}
export type Named = string;

export type Quoted = string;
export type Texts = { Quoted: string };
`;

test('keeps what the roots lead to, in its order, and takes properties and texts for no types', () => {
  expect(keepReachable(GENERATED, ['Root'])).toBe(`export type Maybe<T> = T | null;

export type Root = {
  field?: Maybe<Used>;
  Named: string;
  texts: Texts['Quoted'];
};

export interface Used {
  again: Root;
}

export type Texts = { Quoted: string };
`);
});

test('a root that is not there is a bug', () => {
  expect(() => keepReachable(GENERATED, ['Rot'])).toThrow('There is no declaration of Rot');
});
