/** Profiles: real differences between places that the standard allows, without a fork of it. */
import { prefixOf } from '../divisions/region.ts';
import { once, readData } from '../standard/data-file.ts';
import type { FieldTestOptions } from './checks/field-checks.ts';

export interface Profile {
  readonly id: string;
  /** Chinese. */
  readonly name: string;
  /** The form of grid codes; null: any that the standard knows. */
  readonly grid: string | null;
  /** The dictionary that classes of components and events are given in. */
  readonly dictionary: string;
  readonly certainty: 'sure' | 'memory' | 'open' | 'advice';
}

export interface ProfilesFile {
  readonly default: string;
  readonly profiles: readonly Profile[];
  /** Divisions with all below them. */
  readonly places: readonly { readonly division: string; readonly profile: string }[];
}

const file = once(() => readData<ProfilesFile>('profiles.json'));

export function profiles(): readonly Profile[] {
  return file().profiles;
}

/** The profile of a division: that of the nearest place which it lies in, else the default. */
export function profileOf(division: string, { places, profiles, default: usual }: ProfilesFile = file()): Profile {
  const prefix = prefixOf(division);
  const above = places.filter((place) => prefix.startsWith(prefixOf(place.division)));
  const nearest = above.sort((a, b) => prefixOf(b.division).length - prefixOf(a.division).length)[0];
  return profiles.find(({ id }) => id === (nearest?.profile ?? usual))!;
}

/** As rules are compiled for a place. */
export function optionsOf({ grid, dictionary }: Profile): Pick<FieldTestOptions, 'gridProfile' | 'dictionary'> {
  return { dictionary, ...(grid === null ? {} : { gridProfile: grid }) };
}
