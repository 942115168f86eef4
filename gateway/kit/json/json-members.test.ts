import { describe, expect, test } from '@jest/globals';
import { readMembers, writeMembers } from './json-members.ts';

describe('the members of a JSON text', () => {
  const text = '{"a":[1,{"a":2}],"b\\"\\\\":"},{\\"","c":{"d":12345678901234567890},"":null , "e" : [ ] }';

  test('are what stands between the separators, whatever is nested in them', () => {
    const members = [...readMembers(Buffer.from(text))].map(([key, value]) => [key, value.toString().trim()]);
    expect(members).toEqual([
      ['a', '[1,{"a":2}]'],
      ['b"\\', '"},{\\""'],
      ['c', '{"d":12345678901234567890}'],
      ['', 'null'],
      ['e', '[ ]'],
    ]);
    expect(readMembers(Buffer.from('{}')).size).toBe(0);
  });

  test('are written in the order that is asked for, without those that are not there', () => {
    const members = readMembers(Buffer.from(text));
    expect(writeMembers(members, ['c', 'nowhere', 'a']).toString()).toBe(
      '{"c":{"d":12345678901234567890},"a":[1,{"a":2}]}',
    );
    expect(writeMembers(members, []).toString()).toBe('{}');
  });
});
