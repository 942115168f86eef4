/** Data classes of fields: who sees them, how departments share them, and what open statistics withhold. */
import { readData } from '../standard/data-file.ts';

/** The classes that a token can clear its holder for, from the widest to the narrowest circle. */
export const CLEARANCES = ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'] as const;
/** The record of operations has a class of its own, which no clearance opens. */
export const DATA_CLASSES = [...CLEARANCES, 'AUDIT'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

export type Sharing = 'UNCONDITIONAL' | 'CONDITIONAL' | 'NOT_SHARED';

export interface DataClassRule {
  readonly class: DataClass;
  readonly name: string;
  readonly sharing: Sharing;
  /** GB/T 43697-2024: CORE, IMPORTANT, GENERAL. */
  readonly grade: 'CORE' | 'IMPORTANT' | 'GENERAL';
}

/** Sharing is a property of the field; the codes are those in use for tables and fields. */
export interface SharingRule {
  readonly sharing: Sharing;
  readonly name: string;
  readonly tableCode: string;
  readonly fieldCode: string;
  /** The word in the catalogue; null if the condition or the legal basis must be named. */
  readonly condition: string | null;
}

export interface Disclosure {
  readonly smallCount: number;
  readonly roundTo: number;
}

interface DataClassesFile {
  readonly classes: readonly DataClassRule[];
  readonly audiences: Readonly<Record<string, readonly DataClass[]>>;
  readonly sharing: readonly SharingRule[];
  readonly disclosure: Disclosure;
}

const file = readData<DataClassesFile>('data-classes.json');

/** From the widest to the narrowest circle. */
export const dataClassRules: readonly DataClassRule[] = file.classes;
export const sharingRules: readonly SharingRule[] = file.sharing;
/** The classes that each audience sees by itself; grants add to them. */
export const audienceClasses: Readonly<Record<string, readonly DataClass[]>> = file.audiences;

/**
 * Open statistics leave out groups of fewer than `smallCount`, as they leave out empty ones, and show multiples of
 * `roundTo`; applied after the merge. They are of one month, quarter or year, and of months that are over.
 */
export const disclosure: Disclosure = file.disclosure;

/** Returns the classes of an audience; none for an audience that the standard lacks. */
export function classesOfAudience(audience: string): readonly DataClass[] {
  return Object.hasOwn(audienceClasses, audience) ? (audienceClasses[audience] ?? []) : [];
}

export function sharingOf(dataClass: DataClass): Sharing {
  // An unknown class is treated as the narrowest one, so that nothing is shared by mistake.
  return dataClassRules.find((rule) => rule.class === dataClass)?.sharing ?? 'NOT_SHARED';
}
