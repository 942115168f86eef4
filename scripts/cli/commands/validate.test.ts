/** `yiwang validate` of files of every kind, right and wrong. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ruleExamples } from '@yiwang/schema/rules';
import fc from 'fast-check';
import { runCommand } from '../run.ts';
import type { ValidationReport } from '../validate/print.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-validate-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const code = await runCommand(args, { out: (text) => (out += text), error: (text) => (error += text) });
  return { code, out, error };
}

interface File {
  readonly name?: string;
  readonly type?: string;
  readonly flags?: readonly string[];
}

async function validate(content: string | Buffer, { name = 'rows.csv', type = 'GridCell', flags = [] }: File = {}) {
  const file = join(folder, name);
  await writeFile(file, content);
  const { code, out, error } = await run('validate', '--type', type, file, '--format', 'json', ...flags);
  if (out === '') throw new Error(error);
  const report = JSON.parse(out) as ValidationReport;
  const lines = report.faults.flatMap(({ rule, examples }) =>
    examples.map(({ line, path, message }) => `${line} ${rule} ${path}: ${message}`),
  );
  return { code, report, lines };
}

const GRIDS = 'code,name,division,areaSquareMetres';
const ONE = '110102020001001,一号,110102020001,10400';

describe('yiwang validate of CSV', () => {
  test('counts the rows that keep the rules', async () => {
    const { code, report } = await validate(`${GRIDS}\n${ONE}\n110102020001002,,110102020001,\n`);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      type: 'GridCell',
      version: '2',
      rows: 2,
      valid: 2,
      faulty: 0,
      faults: [],
      unread: null,
    });
  });

  test('takes a byte order mark, Windows line ends, quotes, line breaks within them, and empty lines', async () => {
    const { code, report } = await validate(
      `\ufeff${GRIDS}\r\n\r\n110102020001001,"一号, ""东""\r\n北侧",110102020001,10400\r\n${ONE.replace('001,', '002,')}\r\n`,
    );
    expect([code, report.rows, report.valid]).toEqual([0, 2, 2]);
  });

  test('tells every fault with the line at which its record begins', async () => {
    const { code, lines } = await validate(
      [
        GRIDS,
        '110102020001001,"two\nlines",110102020001,10400',
        '110102020001000,,110102020001,0',
        '',
        '110102020001003,,,12',
        '110102020001004,,110102020001,large',
        '110102020001005,,110102020001',
        '110102020001001,again,110102020001,1',
      ].join('\n'),
    );
    expect(code).toBe(1);
    expect(lines.sort()).toEqual([
      '4 GRID-002 code: This is not the code of a grid cell: the cells of a community are counted from 1',
      '4 GRID-006 areaSquareMetres: This is not an area in square metres: it is below 1',
      '6 GRID-001 division.code: A grid cell needs this field',
      '7 TYPE areaSquareMetres: A number was expected',
      '8 CSV : The record has 3 values; 4 were expected, as in the header',
      '9 GRID-003 code: The code is that of an earlier row',
    ]);
  });

  test('takes a reference by its key or as the key, and objects by their paths', async () => {
    const header = 'id,scheme,key.division.code,key.month,evaluator,score,grade';
    expect((await validate(`${header}\n`, { type: 'Evaluation' })).report.unread).toContain('there is no field "id"');
    const { report } = await validate(`${header.slice(3)}\nS,420100,2026-09,420000,91.25,A\n`, { type: 'Evaluation' });
    expect(report).toMatchObject({ valid: 1, faulty: 0 });
  });

  test.each([
    ['', 'Line 1: the file is empty; a header with field names was expected'],
    ['code,Division\n', 'Line 1: the header is wrong: there is no field "Division"; "division" is one'],
    ['code,code\n', 'Line 1: the header is wrong: the column "code" stands there twice'],
    [`${GRIDS}\n${ONE}\n1,"never closed,2\n3`, 'Line 3: a quote that opens in this record is not closed'],
    [`${GRIDS}\n1,b"c",2,3\n`, 'Line 2: a quote stands within a value'],
    [`${GRIDS}\n1,"b"c,2,3\n`, 'Line 2: a quote stands within a value'],
    [`${GRIDS}\n${ONE}\n1,"${'x'.repeat(1_100_000)}",2,3\n`, 'Line 3: the record is longer than 1048576 bytes'],
  ])('tells why it cannot read on: %#', async (content, message) => {
    const { code, report } = await validate(content);
    expect(code).toBe(1);
    expect(report.unread).toContain(message);
  });

  test('names some columns of a header that is none, and takes no time over the others', async () => {
    const header = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
    const startedAt = performance.now();
    const { report } = await validate(`${header}\n`);
    expect(report.unread).toMatch(/"c0"; .*"c19"; and more$/);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('tells a list that CSV cannot hold', async () => {
    expect((await validate('id,stages\n', { type: 'Case' })).report.unread).toContain('"stages" is a list');
  });
});

test('yiwang validate of JSON lines refuses a text with U+0000, as batches do', async () => {
  const row = { code: '110102020001001', name: 'a\u0000b', division: '110102020001' };
  const { lines } = await validate(`${JSON.stringify(row)}\n`, { name: 'rows.jsonl' });
  expect(lines).toEqual(['1 TYPE name: A text without the character U+0000 was expected']);
});

describe('yiwang validate and encodings', () => {
  const gbk = Buffer.concat([
    Buffer.from(`${GRIDS}\n110102020001001,`),
    Buffer.from([0xd2, 0xbb, 0xba, 0xc5]),
    Buffer.from(',110102020001,1\n'),
  ]);

  test('bytes that are not UTF-8 are told with their line, and read with the encoding that is said', async () => {
    expect((await validate(gbk)).report.unread).toMatch(/^Line 2: these bytes are not UTF-8; .* --encoding gb18030$/);
    const { report } = await validate(gbk, { flags: ['--encoding', 'gb18030'] });
    expect(report).toMatchObject({ rows: 1, valid: 1, unread: null });
  });

  test('UTF-16 is told by its first bytes and by its zeros', async () => {
    const utf16 = Buffer.from(`\ufeff${GRIDS}\n${ONE}\n`, 'utf16le');
    expect((await validate(utf16)).report.unread).toBe(
      'Line 1: the file is UTF-16, as its first bytes say; save it as UTF-8',
    );
    expect((await validate(utf16.subarray(2))).report.unread).toContain('a byte of value 0');
  });

  test('a wrong byte far behind is told with its line, whatever the pieces in which the file is read', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `11010202000100${(i % 9) + 1},第${i}号网格,110102020001,10`);
    const good = Buffer.from(`${GRIDS}\n${lines.join('\n')}\n`);
    const { report } = await validate(Buffer.concat([good, Buffer.from([0xc3, 0x28, 0x0a])]));
    expect(report.unread).toMatch(/^Line 30002: /);
    expect(report.rows).toBe(30_000);
  });
});

describe('yiwang validate of JSON lines', () => {
  const name = 'rows.jsonl';
  const grid = { code: '110102020001001', division: { code: '110102020001' }, areaSquareMetres: 10 };

  test('takes objects with references as objects or as keys', async () => {
    const { report } = await validate(
      `${JSON.stringify(grid)}\r\n\n${JSON.stringify({ ...grid, code: '110102020001002', division: '110102020001' })}`,
      { name },
    );
    expect(report).toMatchObject({ rows: 2, valid: 2, faulty: 0 });
  });

  test('tells lines that are no objects, fields that are unknown and values of another kind', async () => {
    const { code, lines } = await validate(
      [
        '{"code": ',
        '[1]',
        JSON.stringify({ ...grid, size: 1 }),
        JSON.stringify({ ...grid, code: '110102020001002', areaSquareMetres: '10', name: true }),
        'null',
      ].join('\n'),
      { name },
    );
    expect(code).toBe(1);
    expect(lines.sort()).toEqual([
      '1 JSON : The line is not JSON; one object on each line was expected',
      '2 JSON : The line is no object; one on each was expected',
      '3 FIELD size: The type has no such field',
      '4 GRID-006 areaSquareMetres: This is not an area in square metres: a number was expected',
      '4 GRID-007 name: The name is too long: text or a list was expected',
      '4 TYPE areaSquareMetres: A number was expected',
      '4 TYPE name: A text was expected',
      '5 JSON : The line is no object; one on each was expected',
    ]);
  });

  test('tells faults within the objects of a list', async () => {
    const sample = ruleExamples('Case')[0]!.pass;
    const stages = [
      { action: 'REPORT', at: '2026-09-01T08:00:00+08:00' },
      { action: 'SLEEP', at: 'noon' },
    ];
    const { lines } = await validate(JSON.stringify({ ...sample, stages }), { name, type: 'Case' });
    expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual([
      '1 STAGE-002 stages.1.action',
      '1 STAGE-003 stages.1.at',
    ]);
  });

  test('a line that is too long is told', async () => {
    const { report } = await validate(`${JSON.stringify(grid)}\n"${'x'.repeat(2_200_000)}"`, { name });
    expect(report).toMatchObject({ rows: 1, unread: 'Line 2: the line is longer than 1048576 bytes' });
  });
});

describe('yiwang validate and its flags', () => {
  test('holds rows to the version of the standard that is said, and to the profile that is said', async () => {
    const shifted = `id,kind,name,division,longitude,latitude\n110102-F-1,PARK,公园,110102,114.3,30.6\n`;
    expect((await validate(shifted, { type: 'Facility' })).code).toBe(1);
    expect(await validate(shifted, { type: 'Facility', flags: ['--version', '1'] })).toMatchObject({
      code: 0,
      report: { version: '1', valid: 1 },
    });
    expect((await validate(`${GRIDS}\n${ONE}\n`, { flags: ['--profile', 'GRID-16'] })).lines).toEqual([
      '2 GRID-002 code: This is not the code of a grid cell: it has 15 digits, 16 were expected',
    ]);
  });

  test('takes classes as the profile that is said gives them, and extensions of a city', async () => {
    const head = 'id,division,subject,category,filedAt,status';
    const row = (serial: number, category: string) =>
      `110102-E-${serial},110102,占道,${category},2026-09-01T08:00:00+08:00,FILED`;
    // The network's 20410.
    const other = `${head}\n${row(1, '20510')}\n`;
    expect((await validate(other, { type: 'EnforcementCase', flags: ['--profile', 'EVENTS-B'] })).code).toBe(0);
    expect((await validate(other, { type: 'EnforcementCase' })).lines).toEqual([
      '2 ENFORCEMENT-007 category.code: There is no such class: the dictionary has no such class',
    ]);
    expect(await validate(`${head}\n${row(1, '20475')}\n`, { type: 'EnforcementCase' })).toMatchObject({ code: 0 });
  });

  test('a warning does not make a row faulty', async () => {
    const line = { ...ruleExamples('Case')[0]!.pass, extensionCount: 3 };
    const { code, report } = await validate(JSON.stringify(line), { name: 'one.ndjson', type: 'Case' });
    expect(code).toBe(0);
    expect(report).toMatchObject({
      valid: 1,
      warned: 1,
      faults: [{ rule: 'CASE-030', severity: 'WARNING', name: '延期次数' }],
    });
  });

  test('prints a table for people', async () => {
    const file = join(folder, 'table.csv');
    await writeFile(
      file,
      `${GRIDS}\n${ONE}\n${ONE}\n110102020001009,,110102020001,0\n110102020001008,,110102020001,0\n`,
    );
    const { code, out } = await run('validate', '--type', 'GridCell', file, '--examples', '1');
    expect(code).toBe(1);
    expect(out.replace(file, 'FILE').replace(/\d+\.\d s/, '0.1 s')).toBe(
      [
        'FILE: 4 rows of GridCell against version 2 of the standard in 0.1 s',
        '  1 valid',
        '  3 faulty',
        '',
        '2 × GRID-006 网格面积',
        '    line 4, areaSquareMetres: This is not an area in square metres: it is below 1',
        '1 × GRID-003 网格编码唯一',
        '    line 3, code: The code is that of an earlier row',
        '',
      ].join('\n'),
    );
  });

  test.each<[string[], number, string]>([
    [[], 2, 'Say which file holds the rows'],
    [['rows.csv'], 2, '--type is missing; there are Alarm, Case,'],
    [['rows.csv', '--type', 'Cases'], 2, '--type is "Cases"; there are'],
    [['rows.csv', '--type', 'Case', '--version', '9'], 2, '--version is "9"; there are 1, 2.'],
    [['rows.xlsx', '--type', 'Case'], 2, 'add --as csv or --as jsonl'],
    [['rows.csv', '--type', 'Case', '--encoding', 'latin1'], 2, '--encoding is "latin1"'],
    [['rows.csv', '--type', 'Case', '--examples', '-1'], 2, '--examples'],
    [['rows.csv', '--type', 'Case', '--examples', '1.5'], 2, '--examples is "1.5"; a whole number'],
    [['rows.csv', '--type', 'Case', '--format', 'xml'], 2, '--format is "xml"'],
    [['rows.csv', '--type', 'Case', '--profile', 'MARS'], 2, '--profile is "MARS"; there are GENERAL, GRID-15,'],
    [['/nowhere/rows.csv', '--type', 'Case'], 1, 'There is no file /nowhere/rows.csv.'],
    [['/', '--type', 'Case', '--as', 'csv'], 1, '/ is a folder'],
  ])('a wrong command line is told: %j', async (args, code, message) => {
    expect(await run('validate', ...args)).toMatchObject({ code, out: '', error: expect.stringContaining(message) });
  });
});

test('a valid row survives the round trip through CSV, whatever its texts', async () => {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !text.includes('\0'));
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 8 }), async (names) => {
      const records = names.map((name, i) => `11010202000100${i + 1},${quote(name)},110102020001,1`);
      const { report, lines } = await validate(`${GRIDS}\n${records.join('\r\n')}\n`);
      expect({ ...report, lines }).toMatchObject({ lines: [], rows: names.length, valid: names.length, unread: null });
    }),
    { numRuns: 25 },
  );
});
