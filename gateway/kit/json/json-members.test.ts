import { describe, expect, test } from '@jest/globals';
import { readMembers, writeMembers } from './json-members.ts';

describe('members of a JSON object', () => {
  const text = '{"a":[1,{"a":2}],"b\\"\\\\":"},{\\"","c":{"d":12345678901234567890},"":null , "e" : [ ] }';

  test('readMembers splits the text at the separators of the object, not at nested ones', () => {
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

  test('writeMembers writes members in the given order and skips missing ones', () => {
    const members = readMembers(Buffer.from(text));
    expect(writeMembers(members, ['c', 'nowhere', 'a']).toString()).toBe(
      '{"c":{"d":12345678901234567890},"a":[1,{"a":2}]}',
    );
    expect(writeMembers(members, []).toString()).toBe('{}');
  });
});
