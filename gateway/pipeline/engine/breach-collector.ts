/**
 * Breaches of the standard in one tree → errors of its answer and findings. Whoever gave a value is looked up only
 * then. Errors about one rule and platform are bounded; the last of them says how many more there are.
 */
import type { CompileCheck, ModeOf } from '../../conform/index.ts';
import {
  type CoverageCollector,
  createSourceFinder,
  type FindSource,
  type Run,
  type ValueSource,
} from '../../execute/index.ts';
import { type BreachReporter, type CheckedObject, type PathNode, pathOf, type RuleBreach } from '../../model/checks.ts';
import { type Path, PublicError } from '../../model/errors.ts';
import { type FindingSample, type OnFinding, TYPE_RULE } from '../../model/finding.ts';
import type { Limits } from '../../model/limits.ts';

/** How values are checked against the rules of the standard, and who counts what breaks them. */
export interface Conformance {
  readonly compileCheck: CompileCheck;
  /** `enforce`, or `observe`: the value stays, and its breach is counted. */
  readonly modeOf: ModeOf;
  readonly onFinding: OnFinding;
}

/** What stays the same from operation to operation. */
export interface ConformanceOptions {
  readonly conformance: Conformance;
  readonly limits: Pick<Limits, 'breachErrorsMax'>;
}

/** A tree, or a part of it that is serialized apart. */
export interface CheckedPart {
  readonly run: Run;
  /** Of the part. Its paths are those of the whole answer. */
  readonly collector: CoverageCollector;
  /** The path of the part in the answer. */
  readonly path: Path;
}

/** A breach of which it is not yet sure that its part of the text stays. */
interface PendingBreach {
  readonly rule: string;
  readonly message: string;
  readonly path: Path;
  readonly platform: string | undefined;
  readonly isEnforced: boolean;
  readonly sample: FindingSample;
}

interface BreachGroup {
  readonly first: PendingBreach;
  /** The first places. */
  readonly paths: Path[];
  readonly samples: FindingSample[];
  count: number;
}

const SAMPLES_MAX = 3;

/** Every operation makes one: what it collects is made with the first breach. */
export class BreachCollector implements BreachReporter {
  readonly #part: CheckedPart;
  readonly #options: ConformanceOptions;
  #groups: Map<string, BreachGroup> | undefined;
  #boundaries: Set<string> | undefined;
  #pending: PendingBreach[] | undefined;
  #findSource: FindSource | undefined;

  constructor(part: CheckedPart, options: ConformanceOptions) {
    this.#part = part;
    this.#options = options;
  }

  addRule(breach: RuleBreach, object: CheckedObject, at: PathNode | undefined): boolean {
    const base = at ? this.#pathOf(at.parent, at.key) : this.#part.path;
    if (breach.reads.some((read) => this.#isExplainedNull(base, read, object))) return false;
    const path = [...base, ...breach.faults[0]!];
    const { platform, boundary } = this.#sourceOf(path);
    const { rule, message, coordinate, isWarning } = breach;
    const isEnforced = !isWarning && this.#options.conformance.modeOf(rule, platform) === 'enforce';
    this.#add({ rule, message, path, platform, isEnforced, sample: { coordinate, id: idOf(object) } });
    if (!isEnforced) return false;
    this.#boundaries ??= new Set();
    this.#boundaries.add(JSON.stringify(boundary));
    for (const fault of breach.faults) this.#part.collector.explainField([...base, ...fault]);
    return true;
  }

  addType(expected: string, at: PathNode | undefined, key: string | number): void {
    const path = this.#pathOf(at, key);
    this.#addOfType(path, `expected ${expected}`, expected);
    this.#part.collector.explainField(path);
  }

  /** The place is not explained by it: if the part is written again, the null is met and added again. */
  addAbsence(message: string, at: PathNode | undefined, key: string | number): void {
    this.#addOfType(this.#pathOf(at, key), message, String(key));
  }

  #addOfType(path: Path, message: string, coordinate: string): void {
    const { platform, boundary } = this.#sourceOf(path);
    this.#add({ rule: TYPE_RULE, message, path, platform, isEnforced: true, sample: { coordinate, id: undefined } });
    this.#boundaries ??= new Set();
    this.#boundaries.add(JSON.stringify(boundary));
  }

  endsBubbling(at: PathNode | undefined, key: string | number): boolean {
    return this.#boundaries?.has(JSON.stringify(this.#pathOf(at, key))) ?? false;
  }

  settle(): void {
    if (!this.#pending) return;
    for (const breach of this.#pending) this.#addToGroup(breach);
    this.#pending = undefined;
  }

  discard(): void {
    this.#pending = undefined;
  }

  finish(): void {
    this.settle();
    for (const group of this.#groups?.values() ?? []) {
      const { first, samples, count } = group;
      const { platform, rule, isEnforced } = first;
      if (isEnforced) this.#addErrors(group);
      this.#options.conformance.onFinding({ platform, rule, count, samples });
    }
  }

  #addErrors({ first, paths, count }: BreachGroup): void {
    const { rule, message, platform } = first;
    const { run, collector } = this.#part;
    // Outsiders learn of no platform.
    const named = platform === undefined || run.operation.rights.audience === 'open' ? {} : { platform };
    for (const [i, path] of paths.entries()) {
      const more = i === paths.length - 1 ? count - paths.length : 0;
      const text = `a value does not meet the standard: ${message}${more > 0 ? `; ${more} more like it` : ''}`;
      const extensions = { rule, ...named, ...(more > 0 ? { more } : {}) };
      collector.addBreach(new PublicError('STANDARD_BREACH', text, { path, extensions }), platform);
    }
  }

  #add(breach: PendingBreach): void {
    this.#pending ??= [];
    this.#pending.push(breach);
  }

  #pathOf(at: PathNode | undefined, key: string | number): Path {
    return [...this.#part.path, ...pathOf(at, key)];
  }

  #sourceOf(path: Path): ValueSource {
    const { run, collector } = this.#part;
    this.#findSource ??= createSourceFinder(run.tree, collector);
    return this.#findSource(path);
  }

  #addToGroup(breach: PendingBreach): void {
    this.#groups ??= new Map();
    const key = JSON.stringify([breach.rule, breach.platform, breach.isEnforced]);
    let group = this.#groups.get(key);
    if (!group) {
      group = { first: breach, paths: [], samples: [], count: 0 };
      this.#groups.set(key, group);
    }
    group.count++;
    if (group.paths.length < this.#options.limits.breachErrorsMax) group.paths.push(breach.path);
    if (group.samples.length < SAMPLES_MAX) group.samples.push(breach.sample);
  }

  /** A null that is reported already leaves the rules that read it undecided. */
  #isExplainedNull(base: Path, read: Path, object: CheckedObject): boolean {
    const value = read.reduce<unknown>((holder, key) => (holder as CheckedObject | null | undefined)?.[key], object);
    if (value !== null && value !== undefined) return false;
    const path = [...base, ...read];
    return this.#part.collector.isExplained(path) || this.#part.collector.isMissing(path);
  }
}

/**
 * Ids of rows, and codes of divisions, grid cells and components, which begin with a division. Any other text may tell
 * of persons.
 */
const ID = /^\d{6,12}-[A-Z]{1,3}-\d{1,18}$|^[1-9]\d{5}(?:\d{3}|\d{6}|\d{8,10})?$/;

function idOf({ id, code }: CheckedObject): string | undefined {
  return [id, code].find((value): value is string => typeof value === 'string' && ID.test(value));
}
