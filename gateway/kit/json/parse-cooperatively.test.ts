import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCooperatively } from './parse-cooperatively.ts';

const SLICE_BYTES = 16;

/** The value of `JSON.parse` as text with its keys in order; `undefined` if the text is not JSON. */
function native(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function sliced(text: string): Promise<string | undefined> {
  try {
    return JSON.stringify(await parseCooperatively(Buffer.from(text), SLICE_BYTES));
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return undefined;
  }
}

describe('parseCooperatively', () => {
  test('parseCooperatively returns what JSON.parse returns, with any whitespace', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t', '\r\n '), async (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(await sliced(text)).toBe(native(text));
      }),
      { numRuns: 500 },
    );
  });

  test('parseCooperatively throws exactly if JSON.parse throws, after any change of the text', async () => {
    const change = fc.record({
      at: fc.nat(),
      cut: fc.nat({ max: 3 }),
      put: fc.constantFrom(
        '',
        ',',
        ':',
        '[',
        ']',
        '{',
        '}',
        '"',
        '\\',
        ' ',
        '1',
        'a',
        '\n',
        '\u0001',
        ',,',
        '[]',
        '{}',
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.json({ maxDepth: 5 }),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        async (json, changes) => {
          let text = json;
          for (const { at, cut, put } of changes) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + put + text.slice(from + cut);
          }
          expect(await sliced(text)).toBe(native(text));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  const LONG = `"${'x'.repeat(40)}"`;
  const WIDE = `[${LONG},${LONG}]`;
  test.each([
    ['a name that is a trap', `{"__proto__":{"a":${WIDE}},"b":${LONG},"__proto__":${WIDE},"constructor":${WIDE}}`],
    ['one name twice, the last counting', `{"a":${WIDE},"b":1,"a":${LONG},"c":${WIDE},"a":${WIDE}}`],
    ['names that are numbers', `{"b":${WIDE},"2":${LONG},"1":${WIDE},"a":${LONG}}`],
    ['names with quotes', `{"a\\"b\\\\":${WIDE},"\\u0061":${WIDE}}`],
    ['brackets in texts', `["]}${'['.repeat(40)}",${WIDE},"\\"]"]`],
    ['characters of several bytes', `["${'武汉'.repeat(20)}",{"市${'区'.repeat(20)}":${WIDE}}]`],
    ['what is nested deeply', `${'['.repeat(500)}${WIDE}${']'.repeat(500)}`],
    ['empty objects and lists', `[{ },[ ],{"a":[],"b":{}},${WIDE},[\n],${WIDE}]`],
    ['a text alone', LONG],
  ])('reads %s', async (_name, text) => {
    expect(native(text)).toBeDefined();
    expect(await sliced(text)).toBe(native(text));
  });

  test.each([
    `[${WIDE},]`,
    `[,${WIDE}]`,
    `[${WIDE},,${WIDE}]`,
    `[${WIDE}${WIDE}]`,
    `[${WIDE}}`,
    `[${WIDE}`,
    `[${WIDE}]]`,
    `[${LONG},${LONG},]`,
    `[${LONG},${LONG},  ]`,
    `{"a":${WIDE},}`,
    `{"a":${WIDE} "b":1}`,
    `{"a" ${WIDE}}`,
    `{1:${WIDE}}`,
    `{${WIDE}}`,
    `{"a":${WIDE}]`,
    `{"a\u0001":${WIDE}}`,
    `["${'x'.repeat(40)}`,
    `${'['.repeat(10_000)}`,
    `tru${WIDE}`,
    `\ufeff${WIDE}`,
    '',
    '   ',
  ])('refuses %.40s', async (text) => {
    expect(native(text)).toBeUndefined();
    expect(await sliced(text)).toBeUndefined();
  });

  test('the event loop turns between slices', async () => {
    const text = JSON.stringify({ rows: Array.from({ length: 100 }, (_, id) => ({ id, name: 'a row' })) });
    let isDone = false;
    const parsed = parseCooperatively(Buffer.from(text), 256).then(() => {
      isDone = true;
    });
    let turns = 0;
    const count = (): void => {
      if (isDone) return;
      turns++;
      setImmediate(count);
    };
    count();
    await parsed;
    expect(turns).toBeGreaterThanOrEqual(Math.floor(text.length / (256 + 32)));
  });
});
