import { describe, expect, test } from '@jest/globals';
import { parseProblems } from './parse-errors.ts';

const LIMITS = { errorsMax: 3, platformErrorBytesMax: 256 };
const read = (errors: unknown) => parseProblems(errors, LIMITS);

const UNFORMED = { message: 'the platform reported a malformed error', path: undefined, extensions: {} };

describe('errors of a platform', () => {
  test('there is no problem without errors, with null or with an empty list', () => {
    expect([read(undefined), read(null), read([])]).toEqual([[], [], []]);
  });

  test.each([
    ['a text', 'oops', [{ message: 'oops' }]],
    ['an object', { message: 'oops', path: ['a'] }, [{ message: 'oops', path: ['a'] }]],
    ['texts', ['oops', 'more'], [{ message: 'oops' }, { message: 'more' }]],
    ['nulls and numbers', [null, 7], [UNFORMED, UNFORMED]],
    ['false', false, [UNFORMED]],
    ['an error without a message', [{}], [{ message: 'the platform reported an error without a message' }]],
    ['a path that is none', [{ message: 'oops', path: 'a' }], [{ message: 'oops', path: undefined }]],
  ])('errors are kept as problems if they are %s', (_name, errors, problems) => {
    expect(read(errors)).toMatchObject(problems);
  });

  test('problems are kept up to the limit of errors', () => {
    expect(read(Array(4).fill({ message: 'oops' }))).toHaveLength(3);
  });

  test('a message is cut to the limit in bytes, and names the limit', () => {
    const messageOf = (message: string): string => read([{ message }])[0]!.message;
    expect(messageOf('x'.repeat(256))).toBe('x'.repeat(256));
    const cut = messageOf('x'.repeat(257));
    expect(cut).toMatch(/^x+ … \(cut at 256 bytes\)$/);
    expect(Buffer.byteLength(cut)).toBe(256);
    // Each character takes three bytes.
    expect(messageOf('武'.repeat(85))).toBe('武'.repeat(85));
    expect(messageOf('武'.repeat(86))).toMatch(/^武+ … \(cut at 256 bytes\)$/);
    expect(Buffer.byteLength(messageOf('武'.repeat(1_000_000)))).toBeLessThanOrEqual(256);
  });

  test('extensions are kept up to the limit in bytes; beyond it the code alone is kept', () => {
    const extensionsOf = (extensions: unknown) => read([{ message: 'm', extensions }])[0]!.extensions;
    const fits = { code: 'ODD', text: 'x'.repeat(256 - 24) };
    expect(Buffer.byteLength(JSON.stringify(fits))).toBe(256);
    expect(extensionsOf(fits)).toEqual(fits);
    expect(extensionsOf({ ...fits, text: `${fits.text}x` })).toEqual({ code: 'ODD' });
    expect(extensionsOf({ code: 'x'.repeat(300) })).toEqual({});
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(extensionsOf({ code: 'ODD', deep })).toEqual({ code: 'ODD' });
  });

  test('a path that is longer than the limit is dropped', () => {
    expect(read([{ message: 'm', path: ['x'.repeat(252)] }])[0]!.path).toBeDefined();
    expect(read([{ message: 'm', path: ['x'.repeat(253)] }])[0]!.path).toBeUndefined();
  });
});
