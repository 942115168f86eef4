import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeUtf8 } from './decode-utf8.ts';

test('decodeUtf8 decodes text of any script and length as Node does', () => {
  const text = fc.string({ unit: 'binary', minLength: 0, maxLength: 400 });
  const padded = fc.tuple(text, fc.constantFrom('', 'a'.repeat(256), '武汉市'.repeat(100), '𠮷'.repeat(100)));
  fc.assert(
    fc.property(padded, ([own, padding]) => {
      const bytes = Buffer.from(own + padding, 'utf8');
      expect(decodeUtf8(bytes)).toBe(bytes.toString('utf8'));
    }),
  );
});

test('decodeUtf8 decodes a part of a larger buffer alone', () => {
  const bytes = Buffer.from(`（${'江岸区'.repeat(200)}）`, 'utf8');
  expect(decodeUtf8(bytes.subarray(3, bytes.length - 3))).toBe('江岸区'.repeat(200));
});
