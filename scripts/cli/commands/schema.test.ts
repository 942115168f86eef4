import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { standardVersion } from '@yiwang/schema/standard';
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
function _without(sdl: string, coordinates: readonly string[]): string {
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
    // A subgraph that requires fields of others composes with their owners.
    const neighbours = out.includes('@requires(') ? SUBGRAPH_NAMES.filter((other) => other !== name) : [];
    const others = await Promise.all(
      neighbours.map(async (other) => ({ name: other, out: (await run('schema', other)).out })),
    );
    const services = [{ name, typeDefs }, ...others.map((other) => ({ name: other.name, typeDefs: parse(other.out) }))];
    const composed = composeServices(services.map((service) => ({ ...service, url: 'http://127.0.0.1/graphql' })));
    expect(composed.errors ?? []).toEqual([]);
    const schema = buildSubgraphSchema({ typeDefs });
    expect(isObjectType(schema.getType('Query'))).toBe(true);
    expect(schema.getDirective('jurisdiction')?.locations).toContain('ARGUMENT_DEFINITION');
  });

  test.each(SUBGRAPH_NAMES)('prints a schema of %s that the check finds whole', async (name) => {
    const { out } = await run('schema', name);
    const checked = await check(out, '--subgraph', name, '--whole');
    expect([checked.code, checked.out]).toEqual([
      0,
      `FILE conforms to version ${standardVersion()} of the standard: ${name}.\n`,
    ]);
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
