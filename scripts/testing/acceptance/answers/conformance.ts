/** The demo's rows on the way out: whatever its platforms answer keeps the standard, in each of its versions. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { ruledEntities } from '@yiwang/schema/rules';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
} from 'graphql';
import pg from 'pg';
import { GATEWAY_DATABASE } from '../../../demo/index.ts';
import { createAskAs, type GetNetwork, WAIT_MS } from '../network-client.ts';

/** More than `LIMIT_FINDING_FLUSH_MS`. */
const FLUSH_MS = 11_000;
const ROWS = 40;
const DEPTH = 2;

/** What root fields need to be types for rows. */
const ARGUMENTS: Readonly<Record<string, string>> = { period: '"2026"', month: '"2026-09"', first: String(ROWS) };

const SDL = new URL('../../../../schema/generated/supervisor.graphql', import.meta.url);

export function testConformance(network: GetNetwork): void {
  const askAs = createAskAs(network);
  describe('an answer of the network', () => {
    test(
      'keeps every rule of the standard, for rows of every type that has rules',
      async () => {
        const types = new Set<string>();
        const schema = buildSchema(readFileSync(SDL, 'utf8'));
        for (const identity of ['ministry', 'beijing', 'wuhan']) {
          for (const field of Object.values(schema.getQueryType()!.getFields())) {
            const question = questionFor(field, types);
            if (question === undefined) continue;
            const { errors = [] } = await askAs(identity, question, {
              'x-yiwang-purpose': 'check',
              'x-yiwang-matter': '110000-C-1',
            });
            expect([identity, question, errors]).toEqual([identity, question, []]);
          }
        }
        expect(ruledEntities().filter((type) => schema.getType(type) && !types.has(type))).toEqual([]);
        await sleep(FLUSH_MS);
        expect(await readFindings(network().databaseUrl(GATEWAY_DATABASE))).toEqual([]);
      },
      WAIT_MS,
    );
  });
}

async function readFindings(url: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const sql = `select platform, rule, sum(count)::int as count,
        (select min(coordinate || ' ' || row_id) from conformance.finding_samples s where s.platform = f.platform and s.rule = f.rule)
      from conformance.findings f group by 1, 2 order by 1, 2`;
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Undefined for a field that needs more than a period, or whose values have no rules. */
function questionFor({ name, args, type }: GraphQLField<unknown, unknown>, types: Set<string>): string | undefined {
  const filled = args.filter((arg) => ARGUMENTS[arg.name] !== undefined);
  if (args.some((arg) => `${arg.type}`.endsWith('!') && arg.defaultValue === undefined && !filled.includes(arg)))
    return undefined;
  const named = getNamedType(type);
  if (!isObjectType(named)) return undefined;
  const list = filled.length === 0 ? '' : `(${filled.map((arg) => `${arg.name}: ${ARGUMENTS[arg.name]}`).join(', ')})`;
  const node = named.name.endsWith('Connection') ? getNamedType(named.getFields().nodes?.type) : undefined;
  const selection = isObjectType(node)
    ? `{ nodes ${selectionOf(node, DEPTH, types)} }`
    : selectionOf(named, DEPTH, types);
  return `{ ${name}${list} ${selection} }`;
}

/** All fields without arguments, so many levels down. */
function selectionOf(type: GraphQLObjectType, depth: number, types: Set<string>): string {
  types.add(type.name);
  const fields = Object.values(type.getFields()).flatMap(({ name, type: fieldType, args }) => {
    if (args.length > 0) return [];
    const named = getNamedType(fieldType);
    if (isLeafType(named)) return name;
    return isObjectType(named) && depth > 0 ? `${name} ${selectionOf(named, depth - 1, types)}` : [];
  });
  return `{ ${fields.join(' ')} }`;
}
