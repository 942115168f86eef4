import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyBytes, createJsonWriter, writeAscii, writeBytes, writeString, writeText } from './json-writer.ts';

function written(write: (writer: ReturnType<typeof createJsonWriter>) => void): string {
  const writer = createJsonWriter();
  write(writer);
  return copyBytes(writer).toString('utf8');
}

const ANY_TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 300 }),
);

describe('writeString', () => {
  test('writeString writes any string as JSON.stringify does', () => {
    fc.assert(
      fc.property(ANY_TEXT, (text) => {
        expect(written((writer) => writeString(writer, text))).toBe(JSON.stringify(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([0, 1, 127, 128, 129, 21_845, 65_535, 65_536])('of %d characters of three bytes has room', (length) => {
    const text = '江'.repeat(length);
    expect(written((writer) => writeString(writer, text))).toBe(JSON.stringify(text));
  });
});

describe('the buffer of a JSON writer', () => {
  test('text is appended, however long the text before it is', () => {
    fc.assert(
      fc.property(fc.array(ANY_TEXT, { maxLength: 400 }), (texts) => {
        const list = written((writer) => {
          writeBytes(writer, Buffer.from('['));
          texts.forEach((text, i) => {
            if (i > 0) writeAscii(writer, ',');
            if (i % 2 === 0) writeString(writer, text);
            else writeText(writer, JSON.stringify(text));
          });
          writeBytes(writer, Buffer.from(']'));
        });
        expect(list).toBe(JSON.stringify(texts));
      }),
      { numRuns: 100 },
    );
  });

  test('setting `at` back removes text', () => {
    const text = written((writer) => {
      writeAscii(writer, '1');
      const { at } = writer;
      writeString(writer, '撤回');
      writer.at = at;
      writeAscii(writer, '2');
    });
    expect(text).toBe('12');
  });

  test('copyBytes returns a copy that later writes do not change', () => {
    const writer = createJsonWriter();
    writeAscii(writer, 'a');
    const bytes = copyBytes(writer);
    writer.at = 0;
    writeAscii(writer, 'b');
    expect(bytes.toString()).toBe('a');
  });
});
