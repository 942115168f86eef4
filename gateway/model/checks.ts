/** The rules of the standard as serializers check them, and who receives what breaks them. */
import type { Path } from './errors.ts';
import type { FieldProgram } from './gather.ts';

export type CheckedObject = Readonly<Record<string, unknown>>;

/** A rule of the standard that an object breaks. */
export interface RuleBreach {
  /** `CASE-012`. */
  readonly rule: string;
  /** What is wrong, for people. It contains no value. */
  readonly message: string;
  /** True for a rule whose breach is only told: the value stays. */
  readonly isWarning: boolean;
  /** Coordinate of the field at fault, such as `Case.closedAt`. */
  readonly coordinate: string;
  /** The keys from the object to the value at fault, once for each key that the field was selected with. Not empty. */
  readonly faults: readonly Path[];
  /** The keys from the object to all values that the rule reads. */
  readonly reads: readonly Path[];
}

/** The rules for the objects at one place of an operation. */
export interface ObjectCheck {
  /** True if the object breaks a rule. */
  isBroken(object: CheckedObject): boolean;
  breachesOf(object: CheckedObject): readonly RuleBreach[];
}

/** Where a value of an answer is: a linked path, so that none is built unless it is reported. */
export interface PathNode {
  readonly parent: PathNode | undefined;
  readonly key: string | number;
}

/** Receives what breaks the standard while one tree is serialized. */
export interface BreachReporter {
  /** True if the values at fault have to become null. `at`: where the object is; undefined at the root. */
  addRule(breach: RuleBreach, object: CheckedObject, at: PathNode | undefined): boolean;
  /** Adds a value that is not of its type, and becomes null. `expected`: the type, as messages name it. */
  addType(expected: string, at: PathNode | undefined, key: string | number): void;
  /** Adds a null at a place that always has a value. */
  addAbsence(message: string, at: PathNode | undefined, key: string | number): void;
  /** True if a null that bubbled up to this place stays there: what is around it came from other platforms. */
  endsBubbling(at: PathNode | undefined, key: string | number): boolean;
  /** Called before a part of the text is attempted: what was added until then stays. */
  settle(): void;
  /** Drops what was added since `settle`: the part is written again. */
  discard(): void;
  /** Called once, when the tree is serialized. Adds errors, and hands findings on. */
  finish(): void;
}

/** A figure of a platform that is left out of a statistic. */
export interface RejectedFigure {
  readonly rule: string;
  /** What is wrong, for people. It contains no value. */
  readonly message: string;
  readonly coordinate: string;
  /** Its places below the field, without the indexes of groups. */
  readonly places: readonly Path[];
  /** In how many groups. */
  readonly count: number;
}

/** What a platform gave for a statistic, without the figures that are left out. */
export interface CheckedContribution {
  readonly value: unknown;
  readonly rejected: readonly RejectedFigure[];
}

/** Returns undefined if the value keeps the standard. Findings are counted. */
export type CheckContribution = (
  program: FieldProgram,
  value: unknown,
  platform: string,
) => CheckedContribution | undefined;

export function pathOf(at: PathNode | undefined, key: string | number): Path {
  const path = [key];
  for (let node = at; node; node = node.parent) path.unshift(node.key);
  return path;
}
