/** The division that a key or an argument names: the rules of `@jurisdiction(by:)`. */
import { divisionAt } from './division-level.ts';
import { regionOf } from './division-region.ts';
import { NOWHERE, prefixOf, type Region, regionAt, regionOfPrefix } from './region.ts';

export type JurisdictionForm = 'WITHIN' | 'ID' | 'CITY_ID' | 'GRID_CODE' | 'CREDIT_CODE' | 'COMPONENT_CODE';

/** Codes in one `withinAny` that a platform takes; a gateway may take fewer from its clients. */
export const DIVISIONS_ASKED_MAX = 500;

/** A key whose text names its division. The division of a credit code is in the organisation directory alone. */
export type ReadableForm = Exclude<JurisdictionForm, 'CREDIT_CODE'>;

/** The region that can hold the row of this key; `NOWHERE` for a key that names no division. */
export function regionOfKey(form: ReadableForm, key: string): Region {
  switch (form) {
    case 'WITHIN':
      return /^(\d{6}|\d{9}|\d{12})$/.test(key) ? regionOf(key) : NOWHERE;
    case 'ID': {
      const division = divisionOfId(key);
      return division === undefined ? NOWHERE : regionAt(division);
    }
    case 'CITY_ID': {
      const division = divisionOfId(key);
      const city = division === undefined ? null : divisionAt(division, 'CITY');
      return city === null ? NOWHERE : regionOf(city);
    }
    case 'GRID_CODE':
      return /^\d{14,16}$/.test(key) ? regionAt(key.slice(0, 12)) : NOWHERE;
    case 'COMPONENT_CODE':
      return /^\d{16}$/.test(key) ? regionOfPrefix(prefixOf(key.slice(0, 6))) : NOWHERE;
  }
}

/** The division that an id begins with (`110102020001-C-000042` → `110102020001`); undefined if it has none. */
export function divisionOfId(id: string): string | undefined {
  return /^(\d{6}|\d{9}|\d{12})-[A-Z]+-[0-9A-Za-z]+$/.exec(id)?.[1];
}

/** The id of a row: its division, a letter for its kind, and a serial unique within both. */
export function createId(division: string, kind: string, serial: string | number): string {
  return `${division}-${kind}-${serial}`;
}
