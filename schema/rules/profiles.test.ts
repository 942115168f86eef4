/** Profiles: what they name exists, and a division has the one of the nearest place that it lies in. */
import { describe, expect, test } from '@jest/globals';
import { dictionaries } from '../cases/dictionaries.ts';
import { divisions } from '../divisions/divisions.ts';
import { gridProfiles } from '../scalars/index.ts';
import { readData } from '../standard/data-file.ts';
import { ruleExamples } from './entity-rules.ts';
import { optionsOf, type ProfilesFile, profileOf, profiles } from './profiles.ts';
import { createRowValidator } from './validator.ts';

describe('profiles', () => {
  const file = readData<ProfilesFile>('profiles.json');

  test('profiles name forms of grid codes, dictionaries and divisions that are there', () => {
    const ids = profiles().map(({ id }) => id);
    expect(ids).toContain(file.default);
    for (const { grid, dictionary } of profiles()) {
      expect(grid === null || Object.hasOwn(gridProfiles, grid)).toBe(true);
      expect(dictionaries().map(({ id }) => id)).toContain(dictionary);
    }
    for (const { division, profile } of file.places) {
      expect(divisions().get(division)).toBeDefined();
      expect(ids).toContain(profile);
    }
  });

  test('a division has the profile of the nearest place that it lies in', () => {
    const places = [
      { division: '420000', profile: 'GRID-14' },
      { division: '420100', profile: 'GRID-16' },
      { division: '420106003', profile: 'EVENTS-B' },
    ];
    const idOf = (division: string) => profileOf(division, { ...file, places }).id;
    expect(['420500', '420100', '420106', '420106003001', '110000', '100000'].map(idOf)).toEqual([
      ...['GRID-14', 'GRID-16', 'GRID-16', 'EVENTS-B', 'GENERAL', 'GENERAL'],
    ]);
  });

  test.each([
    ['GENERAL', '110102020001001', true],
    ['GENERAL', '1101020200010001', true],
    ['GRID-15', '1101020200010001', false],
    ['GRID-16', '1101020200010001', true],
    ['GRID-14', '11010202000101', true],
  ])('under the profile %s the grid code %s is valid: %p', (id, code, isValid) => {
    const profile = profiles().find((candidate) => candidate.id === id)!;
    const row = { ...ruleExamples('GridCell')[0]!.pass, code };
    expect(createRowValidator('GridCell', optionsOf(profile))(row).length === 0).toBe(isValid);
  });
});
