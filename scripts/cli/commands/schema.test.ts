import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { type FieldDefinitionNode, isObjectType, parse, print, visit } from 'graphql';
import { SUBGRAPH_NAMES } from '../../tools/subgraph-files.ts';
import { runCommand } from '../run.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-schema-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const code = await runCommand(args, { out: (text) => (out += text), error: (text) => (error += text) });
  return { code, out, error };
}

async function check(
  sdl: string,
  ...flags: string[]
): Promise<{ code: number; lines: readonly string[]; out: string }> {
  const file = join(folder, 'platform.graphql');
  await writeFile(file, sdl);
  const { code, out } = await run('check', file, ...flags);
  return { code, out: out.replaceAll(file, 'FILE'), lines: out.trimEnd().split('\n') };
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

describe('yiwang schema', () => {
  test.each(SUBGRAPH_NAMES)('prints the subgraph %s as a valid subgraph of Federation 2', async (name) => {
    const { code, out } = await run('schema', name);
    expect(code).toBe(0);
    const typeDefs = parse(out);
    expect(composeServices([{ name, url: 'http://127.0.0.1/graphql', typeDefs }]).errors ?? []).toEqual([]);
    const schema = buildSubgraphSchema({ typeDefs });
    expect(isObjectType(schema.getType('Query'))).toBe(true);
    expect(schema.getDirective('jurisdiction')?.locations).toContain('ARGUMENT_DEFINITION');
  });

  test.each(SUBGRAPH_NAMES)('prints a schema of %s that the check finds whole', async (name) => {
    const { out } = await run('schema', name);
    const checked = await check(out, '--subgraph', name, '--whole');
    expect([checked.code, checked.out]).toEqual([0, `FILE conforms: ${name}.\n`]);
  });

  test('marks the entities of other subgraphs as not resolvable', async () => {
    const { out } = await run('schema', 'supervision');
    expect(out).toContain('type Case @key(fields: "id", resolvable: false) @classified(as: SHARED) {');
    expect(out).toContain('type SupervisionOrder @key(fields: "id") @partitioned(layered: true)');
  });

  test('names the subgraphs if none or an unknown one is asked for', async () => {
    for (const args of [[], ['record']]) {
      const { code, error } = await run('schema', ...args);
      expect([code, error]).toEqual([2, expect.stringContaining(SUBGRAPH_NAMES.join(', '))]);
    }
  });
});

describe('yiwang check of a platform that serves a part', () => {
  let municipal: string;

  beforeAll(async () => {
    municipal = (await run('schema', 'municipal')).out;
  });

  test('lists what the platform lacks, and lets it join', async () => {
    const part = without(municipal, ['Query.alarms', 'Query.hotspots', 'Case.clocks', 'Facility.capacity']);
    const { code, lines, out } = await check(part);
    expect(code).toBe(0);
    expect(lines.slice(0, 4)).toEqual([
      'Query.hotspots is missing; the standard has [Hotspot!]!.',
      'Query.alarms is missing; the standard has AlarmConnection!.',
      'Case.clocks is missing; the standard has CaseClocks!.',
      'Facility.capacity is missing; the standard has Int.',
    ]);
    const [, served, all] =
      /^FILE conforms in the part that it serves: municipal \((\d+) of (\d+) root fields\)\. It lacks 4 things/m.exec(
        out,
      )!;
    expect(Number(served)).toBe(Number(all) - 2);
    expect(out).toContain('It may join the network with this part.');
    expect((await check(part, '--whole')).code).toBe(1);
  });

  test('reports as a breach what a merge over platforms needs', async () => {
    const { code, out } = await check(
      without(municipal, [
        'Case.id',
        'CaseEdge.cursor',
        'Rate.denominator',
        'StatisticsKey.month',
        'CaseCounts.reported',
      ]),
    );
    expect(code).toBe(1);
    for (const coordinate of [
      'Case.id',
      'CaseEdge.cursor',
      'Rate.denominator',
      'StatisticsKey.month',
      'CaseCounts.reported',
    ])
      expect(out).toMatch(new RegExp(`^${coordinate} is missing; .*, and a gateway merges by it\\.$`, 'm'));
    expect(out).toMatch(/^FILE: 5 breaches of municipal \((\d+) of \1 root fields\)/m);
  });

  test('reports a type that is referred to and not defined', async () => {
    const { code, lines } = await check(
      'type Query { case(id: ID! @jurisdiction(by: ID)): Vase @gather(by: OWNER) @classified(as: SHARED) }',
    );
    expect(code).toBe(1);
    expect(lines).toContain('Vase is referred to and not defined.');
    expect(lines).toContain('Query.case is Vase; the standard promises Case.');
    expect(lines).toContain('Alarm is missing.');
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
});
