/**
 * Masks: what remains of a personal value that leaves a platform without clearance. A rule keeps only what it names.
 */
import type { DataClass } from './data-classes.ts';

/** The class of the values that `@masked` hides. */
export const MASKED_CLASS: DataClass = 'SENSITIVE';

export const MASK_KINDS = ['PERSON_NAME', 'PHONE', 'ID_NUMBER', 'ADDRESS', 'FREE_TEXT'] as const;
export type MaskKind = (typeof MASK_KINDS)[number];

/** Replaces a free text. */
export const WITHHELD_TEXT = '（内容不予显示）';
/** Replaces a value that fits no rule. */
const HIDDEN = '****';

/**
 * The masked form: a name keeps its first character (王**), a mobile number 3 + 4 (138****8000), a landline its area
 * code and last 4, an id number the first 6 and last 4, an address ends with its street or community, a free text is
 * withheld. A value of another form is hidden whole. Masking twice changes nothing more.
 */
export function mask(kind: MaskKind, value: string): string {
  switch (kind) {
    case 'PERSON_NAME':
      return maskName(value);
    case 'PHONE':
      return maskPhone(value);
    case 'ID_NUMBER':
      return maskIdNumber(value);
    case 'ADDRESS':
      return maskAddress(value);
    case 'FREE_TEXT':
      return value === '' ? '' : WITHHELD_TEXT;
  }
}

/** Hides phone and citizen numbers in a text, for readers of free text who may not see persons. */
export function scrub(text: string): string {
  return text
    .replace(/(?<!\d)\d{17}[\dXx](?!\d)/g, maskIdNumber)
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, maskPhone)
    .replace(/(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/g, maskPhone);
}

function maskName(value: string): string {
  const [first = '', ...others] = [...value.trim()];
  // A name of one character would be shown whole.
  if (others.length === 0) return first === '' ? '' : '*';
  return first + '*'.repeat(others.length);
}

function maskPhone(value: string): string {
  const text = value.replace(/[\s]/g, '');
  const [, country = '', start, end] = /^(\+?86-?)?(1\d{2})[\d*]{4}(\d{4})$/.exec(text) ?? [];
  if (start !== undefined && end !== undefined) return `${country}${start}****${end}`;
  const [, area, last] = /^(010|02\d|0[3-9]\d{2})-?[\d*]{3,4}(\d{4})(?:-\d+)?$/.exec(text) ?? [];
  if (area !== undefined && last !== undefined) return `${area}-****${last}`;
  return text === '' ? '' : HIDDEN;
}

function maskIdNumber(value: string): string {
  const text = value.trim();
  if (/^\d{6}[\d*]{8}\d{3}[\dXx]$/.test(text)) return `${text.slice(0, 6)}${'*'.repeat(8)}${text.slice(-4)}`;
  return text === '' ? '' : HIDDEN;
}

/**
 * Divisions above the street, then the street or the community. `镇` and `乡` inside a name of a city (景德镇市) end
 * nothing.
 */
const ABOVE = '(?:[^\\d]*[省市区县旗州盟])?';
const PLACES: readonly RegExp[] = [
  /^[^\d]*?街道/,
  new RegExp(`^${ABOVE}[^\\d省市区县旗]{1,10}?[镇乡](?![市县区])`),
  /^[^\d]*?(?:社区|居委会|村委会)/,
];
const DISTRICT = /^[^\d]*?[市州盟地](?:[^\d市区县小]{1,12}?(?:[区县市]|旗(?![区县市])))?/;

function maskAddress(value: string): string {
  for (const place of PLACES) {
    const [shownPart] = place.exec(value) ?? [];
    if (shownPart !== undefined) return shownPart;
  }
  if (value === '') return '';
  return DISTRICT.exec(value)?.[0] ?? HIDDEN;
}
