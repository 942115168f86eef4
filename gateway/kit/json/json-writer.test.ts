import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyBytes, createJsonWriter, writeAscii, writeBytes, writeString, writeText } from './json-writer.ts';

function written(write: (sink: ReturnType<typeof createJsonWriter>) => void): string {
  const sink = createJsonWriter();
  write(sink);
  return copyBytes(sink).toString('utf8');
}

const ANY_TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 300 }),
);

describe('a string', () => {
  test('is written as JSON.stringify writes it, whatever its characters and its length', () => {
    fc.assert(
      fc.property(ANY_TEXT, (text) => {
        expect(written((sink) => writeString(sink, text))).toBe(JSON.stringify(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([0, 1, 127, 128, 129, 21_845, 65_535, 65_536])('of %d characters of three bytes has room', (length) => {
    const text = '江'.repeat(length);
    expect(written((sink) => writeString(sink, text))).toBe(JSON.stringify(text));
  });
});

describe('what is written', () => {
  test('stands behind what was written before, however much that was', () => {
    fc.assert(
      fc.property(fc.array(ANY_TEXT, { maxLength: 400 }), (texts) => {
        const list = written((sink) => {
          writeBytes(sink, Buffer.from('['));
          texts.forEach((text, i) => {
            if (i > 0) writeAscii(sink, ',');
            if (i % 2 === 0) writeString(sink, text);
            else writeText(sink, JSON.stringify(text));
          });
          writeBytes(sink, Buffer.from(']'));
        });
        expect(list).toBe(JSON.stringify(texts));
      }),
      { numRuns: 100 },
    );
  });

  test('can be taken back', () => {
    const text = written((sink) => {
      writeAscii(sink, '1');
      const { at } = sink;
      writeString(sink, '撤回');
      sink.at = at;
      writeAscii(sink, '2');
    });
    expect(text).toBe('12');
  });

  test('is a copy, which what is written later leaves alone', () => {
    const sink = createJsonWriter();
    writeAscii(sink, 'a');
    const bytes = copyBytes(sink);
    sink.at = 0;
    writeAscii(sink, 'b');
    expect(bytes.toString()).toBe('a');
  });
});
