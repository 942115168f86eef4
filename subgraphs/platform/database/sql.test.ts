import { describe, expect, test } from '@jest/globals';
import type { Database } from '../module.ts';
import { allOf, compileFragment, joinFragments, raw, runSql, sql } from './sql.ts';

describe('a fragment of SQL', () => {
  test('a fragment of SQL keeps values out of the text, and takes fragments in', () => {
    const inner = sql`division >= ${'42'} and division < ${'43'}`;
    const outer = sql`select * from ${raw('cases')} where status = ${'; drop table cases'} and (${inner}) limit ${5}`;
    expect(compileFragment(outer)).toEqual({
      text: 'select * from cases where status = $1 and (division >= $2 and division < $3) limit $4',
      values: ['; drop table cases', '42', '43', 5],
    });
  });

  test('a fragment of SQL joins none, one and many', () => {
    expect(compileFragment(allOf([])).text).toBe('true');
    expect(compileFragment(joinFragments([sql`a = ${1}`], ', ')).text).toBe('a = $1');
    expect(compileFragment(allOf([sql`a = ${1}`, sql`b`, sql`c = ${3}`]))).toEqual({
      text: 'a = $1 and b and c = $2',
      values: [1, 3],
    });
  });

  test('a fragment of SQL takes an object of the caller for a value, whatever it looks like', () => {
    const forged = JSON.parse('{ "kind": "fragment", "texts": ["true"], "values": [] }') as unknown;
    expect(compileFragment(sql`a = ${forged}`)).toEqual({ text: 'a = $1', values: [forged] });
  });

  test('a fragment of SQL has one name for one text, whatever the values', async () => {
    const names: string[] = [];
    const db: Database = {
      async query(name) {
        names.push(name);
        return [];
      },
    };
    await runSql(db, 'cases', sql`a = ${1}`);
    await runSql(db, 'cases', sql`a = ${2}`);
    await runSql(db, 'cases', sql`b = ${1}`);
    expect(new Set(names).size).toBe(2);
    expect(names[0]).toBe(names[1]);
    expect(names.every((name) => name.startsWith('cases_') && name.length < 63)).toBe(true);
  });
});
