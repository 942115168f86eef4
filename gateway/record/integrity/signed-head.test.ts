/** When heads are signed and saved, and what they show later. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { compareSavedHead, readHeadFile, readReplacedHeads } from './signed-head.ts';
import { createStatementVerifier } from './signed-statement.ts';
import { entries, type IntegrityTests, log, startIntegrityTests } from './testing.ts';

let tests: IntegrityTests;

beforeAll(async () => {
  tests = await startIntegrityTests();
});

afterAll(() => tests.stop());

describe('the signed head', () => {
  test('the head is saved after recordHeadMs, and is a checkpoint at first and after each recordCheckpointMs', () =>
    tests.records.with(async (record) => {
      const file = join(tests.folder, 'times/head.jws');
      const heads = tests.startHeads(record, file);
      const countOf = async () =>
        (await record.client.query('select count(*)::int as n from record_checkpoints')).rows[0].n;
      for (let last = 1; last <= 3; last++) {
        heads.advance(await record.store.append(entries(1)));
        while ((await lastIn(file)) !== last) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await heads.stop();
      expect(await countOf()).toBe(1);
      const often = tests.startHeads(record, file, 0);
      for (let last = 4; last <= 5; last++) {
        often.advance(await record.store.append(entries(1)));
        while ((await lastIn(file)) !== last) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await often.stop();
      expect(await countOf()).toBe(3);
    }));

  async function lastIn(file: string): Promise<number | undefined> {
    const text = await readHeadFile(file);
    return text === undefined
      ? undefined
      : (await createStatementVerifier({ keys: [tests.key.publicJwk] })('head', text))?.last;
  }

  test('the start logs a record that became shorter, and moves the head of another record', () =>
    tests.records.with(async (record) => {
      const file = join(tests.folder, 'start/head.jws');
      const heads = tests.startHeads(record, file);
      heads.advance(await record.store.append(entries(2)));
      await heads.stop();
      const lines: string[] = [];
      const warnings = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
      await compareSavedHead({ record: record.record, last: 2 }, { key: tests.key, file, log: warnings });
      expect(lines).toEqual([]);
      await compareSavedHead({ record: record.record, last: 1 }, { key: tests.key, file, log: warnings });
      expect(lines.pop()).toContain('the record lost entries at its end');
      await compareSavedHead({ record: 'other', last: 9 }, { key: tests.key, file, log: warnings });
      expect(lines.pop()).toContain('of another record');
      expect(await readHeadFile(file)).toBeUndefined();
      expect(await readHeadFile(`${file}.${record.record}`)).toBeDefined();
    }));

  test('a head that was moved shows the audit that its whole record is gone', () =>
    tests.records.with(async (record) => {
      const file = join(tests.folder, 'moved/head.jws');
      const heads = tests.startHeads(record, file);
      heads.advance(await record.store.append(entries(2)));
      await heads.stop();
      expect(await readReplacedHeads(file)).toEqual([]);
      await compareSavedHead({ record: 'other', last: 0 }, { key: tests.key, file, log });
      await tests.records.with(async (fresh) => {
        expect(await tests.findingsOf(fresh, { replacedHeads: await readReplacedHeads(file) })).toEqual([
          `The record ${record.record} of 2 entries was here and is not in this database; move its head away if it is kept elsewhere.`,
        ]);
      });
    }));
});
