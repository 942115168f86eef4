/** `yiwang check` of files and of running platforms, in every form of its report. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { municipal } from '@yiwang/municipal';
import { standardVersion } from '@yiwang/schema/standard';
import { type FieldDefinitionNode, parse, print, visit } from 'graphql';
import { startTestPlatform } from '../../testing/platform.ts';
import { runCommand } from '../run.ts';

let folder: string;
let schemaOfMunicipal: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-check-'));
  schemaOfMunicipal = (await run('schema', 'municipal')).out;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const code = await runCommand(args, { out: (text) => (out += text), error: (text) => (error += text) });
  return { code, out, error };
}

async function check(sdl: string, ...flags: string[]): Promise<{ code: number; out: string; rows: readonly string[] }> {
  const file = join(folder, 'platform.graphql');
  await writeFile(file, sdl);
  const { code, out } = await run('check', file, ...flags);
  const text = out.replaceAll(file, 'FILE');
  return { code, out: text, rows: text.split('\n').map((line) => line.replace(/ {2,}/g, ' | ')) };
}

/** The printed schema without the fields at these coordinates. */
function without(sdl: string, coordinates: readonly string[]): string {
  const left = visit(parse(sdl, { noLocation: true }), {
    ObjectTypeDefinition: (type) => ({
      ...type,
      fields: type.fields?.filter(
        (field: FieldDefinitionNode) => !coordinates.includes(`${type.name.value}.${field.name.value}`),
      ),
    }),
  });
  return print(left);
}

describe('yiwang check of a file', () => {
  test('lists what the platform lacks, and lets it join', async () => {
    const part = without(schemaOfMunicipal, ['Query.alarms', 'Query.facilities', 'Case.clocks', 'Facility.capacity']);
    const { code, rows, out } = await check(part);
    expect(code).toBe(0);
    expect(rows.slice(0, 3)).toEqual([
      expect.stringContaining('RULE | PLACE | FOUND | EXPECTED'),
      'LACK | missing-field | Query.facilities | is missing | FacilityConnection!',
      ' | → serve it if the platform has it'.trimEnd(),
    ]);
    expect(out).toMatch(
      /FILE conforms in the part that it serves: municipal \(\d+ of \d+ root fields\)\. It lacks 4 things/,
    );
    expect(out).toContain('It may join the network with this part.');
    expect((await check(part, '--whole')).code).toBe(1);
  });

  test('reports as a breach what a merge over platforms needs, before what is lacking', async () => {
    const members = ['Case.id', 'CaseEdge.cursor', 'Rate.denominator', 'StatisticsKey.month', 'CaseCounts.reported'];
    const { code, rows, out } = await check(without(schemaOfMunicipal, ['Query.alarms', ...members]));
    expect(code).toBe(1);
    for (const coordinate of members) {
      const found = `BREACH | missing-merge-member | ${coordinate} | is missing, and gateways merge by it`;
      expect(rows.some((row) => row.startsWith(found))).toBe(true);
    }
    expect(out).toMatch(/FILE: 5 breaches of municipal \(\d+ of \d+ root fields\)/);
    expect(out.indexOf('BREACH')).toBeLessThan(out.indexOf('LACK'));
  });

  test('names the line of a breach, and a type that is not defined', async () => {
    const { code, rows } = await check(
      'type Query {\n  case(id: ID! @jurisdiction(by: ID)): Vase @gather(by: OWNER) @classified(as: SHARED) }',
    );
    expect(code).toBe(1);
    expect(rows).toContain('BREACH | weaker-type | Query.case (line 2) | is Vase | Case');
    expect(rows).toContain('BREACH | undefined-type | Vase (line 1) | is referred to and not defined');
    expect(rows).toContain('LACK | missing-entity | Alarm | is missing | a type');
  });

  test('takes an entity of another subgraph that the platform resolves by itself', async () => {
    const { out } = await run('schema', 'supervision');
    const resolving = out.replace(
      'type Case @key(fields: "id", resolvable: false)',
      'type Case @key(fields: "id") @partitioned',
    );
    expect(resolving).not.toBe(out);
    expect((await check(resolving, '--subgraph', 'supervision', '--whole')).code).toBe(0);
  });

  test('prints JSON for programs, with every finding whole', async () => {
    const { code, out } = await check(without(schemaOfMunicipal, ['Query.alarms', 'Case.id']), '--format', 'json');
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      source: 'FILE',
      standard: standardVersion(),
      subgraphs: [{ name: 'municipal', rootFieldsServed: report.subgraphs[0].rootFields - 1 }],
      summary: { mayJoin: false, breaches: 1, lacks: 1, notes: 0 },
    });
    expect(report.findings[0]).toEqual({
      rule: 'missing-merge-member',
      kind: 'breach',
      coordinate: 'Case.id',
      found: 'is missing, and gateways merge by it',
      expected: 'ID!',
      mend: expect.any(String),
    });
  });

  test('prints JUnit for build servers: breaches fail a type, lacks skip it', async () => {
    const { code, out } = await check(
      without(schemaOfMunicipal, ['Facility.capacity', 'Case.id']),
      '--format',
      'junit',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/<testsuite name="municipal" tests="\d+" failures="1" errors="0" skipped="1">/);
    expect(out).toContain(
      '<failure type="missing-merge-member" message="Case.id is missing, and gateways merge by it; expected ID!">',
    );
    expect(out).toMatch(/<testcase classname="yiwang.municipal" name="Facility">\n\s+<skipped message="lacks 1"\/>/);
    expect(out).toContain('<testcase classname="yiwang.municipal" name="Alarm"/>');
    const names = [...out.matchAll(/<(\/?)([a-z-]+)[^>]*?(\/?)>/g)].filter(([tag]) => !tag.startsWith('<?'));
    const depth = names.reduce((sum, [, closes, , isEmpty]) => sum + (closes ? -1 : isEmpty ? 0 : 1), 0);
    expect(depth).toBe(0);
  });

  test('colours the kinds of findings for a terminal alone', async () => {
    const file = join(folder, 'colour.graphql');
    await writeFile(file, without(schemaOfMunicipal, ['Query.alarms']));
    let out = '';
    await runCommand(['check', file], { out: (text) => (out += text), error: () => undefined, color: true });
    expect(out).toContain('\u001b[33mLACK');
    expect((await check(without(schemaOfMunicipal, ['Query.alarms']))).out).not.toContain('\u001b');
  });

  test('refuses what it cannot read or does not know, in a line that says why', async () => {
    await writeFile(join(folder, 'broken.graphql'), 'type Query {');
    await writeFile(join(folder, 'large.graphql'), ' '.repeat(DEFAULT_LIMITS.schemaBytesMax + 1));
    const wrong: [string[], number, RegExp][] = [
      [[], 2, /^Say which file or URL/],
      [[join(folder, 'nowhere.graphql')], 1, /nowhere\.graphql cannot be read as a schema: ENOENT/],
      [[join(folder, 'broken.graphql')], 1, /cannot be read as a schema: Syntax Error/],
      [[join(folder, 'large.graphql')], 1, /it has more than 5000000 bytes/],
      [['a', '--format', 'xml'], 2, /There is no format "xml"; there are table, json, junit\./],
      [['a', '--subgraph', 'nothing'], 1, /cannot be read/],
      [['a', '--header', 'no header'], 2, /is no header/],
      [['http://127.0.0.1:1/graphql'], 1, /cannot be read as a schema: fetch failed/],
    ];
    for (const [args, code, line] of wrong) {
      const result = await run('check', ...args);
      expect([args, result.code, result.error]).toEqual([args, code, expect.stringMatching(line)]);
    }
  });
});

describe('yiwang check of a URL', () => {
  test('asks a running platform, which needs no passport for it', async () => {
    const platform = await startTestPlatform({ modules: [municipal] });
    const { code, out } = await run('check', platform.url, '--subgraph', 'municipal', '--whole');
    await platform.close();
    expect([code, out]).toEqual([
      0,
      expect.stringContaining(`conforms to version ${standardVersion()} of the standard`),
    ]);
  });

  test('reads a file over HTTP, with the headers that it was given, and says what else came', async () => {
    const server = createServer((request, response) => {
      if (request.method === 'POST' && request.url === '/file') return void response.writeHead(405).end();
      if (request.url === '/refused')
        return void response.end(JSON.stringify({ errors: [{ message: `no ${request.headers['x-key'] ?? 'key'}` }] }));
      if (request.url === '/text') return void response.end('<html>');
      response.end(request.headers['x-key'] === 'k' ? schemaOfMunicipal : 'type Query');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    expect((await run('check', url('/file'), '--header', 'x-key: k', '--whole')).code).toBe(0);
    expect((await run('check', url('/refused'), '--header', 'x-key: k')).error).toContain(
      'the endpoint gives no SDL: no k',
    );
    expect((await run('check', url('/text'))).error).toContain('does not answer in JSON');
    await new Promise((resolve) => server.close(resolve));
  });
});
