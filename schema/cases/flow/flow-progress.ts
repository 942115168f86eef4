/** Where a case or a request stands in its flow: what the stages so far came to. */
import type { TimeLimit } from '../../time/time-limit.ts';
import type { FlowTable } from './flow-table.ts';
import { type ClockReading, StageClock } from './stage-clock.ts';

/** One act, as it is recorded. Nothing is compared with an officer who is not known. */
export interface FlowStage {
  readonly action: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The role in which somebody acts, or SYSTEM. */
  readonly role: string;
  /** The officer who acts. */
  readonly actor?: string | null;
  /** The officer whom the act names: the handler, the collector or the acceptor that it goes to. */
  readonly receiver?: string | null;
  /** The department that acts, or that gets it. */
  readonly department?: string | null;
  readonly reason?: string | null;
  /** The end date of a suspension, epoch milliseconds. */
  readonly until?: number | null;
  /** What the requester says of a request that was answered. */
  readonly judgement?: Judgement | null;
}

/** The requester's judgement in a callback. Whoever was not reached judges nothing. */
export interface Judgement {
  readonly valid: boolean;
  /** The unit had contacted the requester. */
  readonly responded: boolean | null;
  readonly resolved: boolean | null;
  readonly satisfied: 'VERY_SATISFIED' | 'SATISFIED' | 'BASICALLY_SATISFIED' | 'DISSATISFIED' | null;
}

/** The sum of limits from which each clock's deadline follows; undefined if a clock has no limit yet. */
export type ClockTerms = ReadonlyMap<string, readonly TimeLimit[]>;

export interface ChainProgress {
  /** The role that it waits for; null if nothing is asked. */
  readonly awaits: string | null;
  readonly asks: number;
  readonly grants: number;
  readonly refusals: number;
}

const NEVER_ASKED: ChainProgress = { awaits: null, asks: 0, grants: 0, refusals: 0 };

export interface FlowStart {
  readonly table: FlowTable;
  readonly terms: ClockTerms;
  /** The original limit, which an extension adds once more; null if it is not known. */
  readonly limit: TimeLimit | null;
  /** The department that may not get it, since it is complained of. */
  readonly complainedOf?: string | null;
}

export class FlowProgress {
  readonly table: FlowTable;
  readonly terms: ClockTerms;
  readonly limit: TimeLimit | null;
  readonly complainedOf: string | null;
  state: string | null = null;
  /** The number of stages. */
  stages = 0;
  /** The instant of the last stage. */
  at = Number.NEGATIVE_INFINITY;
  /** The department that has it, or had it last. */
  department: string | null = null;
  firstReceiver: string | null = null;
  /** The last one. */
  judgement: Judgement | null = null;
  /** The end of the suspension; null if it is not suspended. */
  suspendedUntil: number | null = null;
  readonly clocks = new Map<string, StageClock>();
  readonly instants = new Map<string, number>();
  /** Of instants whose act stopped a clock: true if that was by its deadline. */
  readonly onTime = new Map<string, boolean>();
  // Most flows need none of these: they are created at the first use.
  #counts: Map<string, number> | undefined;
  #chains: Map<string, ChainProgress> | undefined;
  #named: Map<string, string> | undefined;
  #handlers: Set<string> | undefined;

  constructor({ table, terms, limit, complainedOf = null }: FlowStart) {
    this.table = table;
    this.terms = terms;
    this.limit = limit;
    this.complainedOf = complainedOf;
  }

  /** The public status. Throws a `StandardError` with TRANSITION before the first stage. */
  get status(): string {
    return this.table.statusOf(this.state ?? 'nothing');
  }

  instant(name: string): number | null {
    return this.instants.get(name) ?? null;
  }

  count(name: string): number {
    return this.#counts?.get(name) ?? 0;
  }

  raiseCount(name: string): void {
    this.#counts ??= new Map();
    this.#counts.set(name, this.count(name) + 1);
  }

  /** What became of something that is asked and decided. */
  chain(name: string): ChainProgress {
    return this.#chains?.get(name) ?? NEVER_ASKED;
  }

  setChain(name: string, chain: ChainProgress): void {
    this.#chains ??= new Map();
    this.#chains.set(name, chain);
  }

  /** The officer named last for a role. */
  named(role: string): string | undefined {
    return this.#named?.get(role);
  }

  setNamed(role: string, officer: string): void {
    this.#named ??= new Map();
    this.#named.set(role, officer);
  }

  isHandler(officer: string): boolean {
    return this.#handlers?.has(officer) ?? false;
  }

  addHandler(officer: string): void {
    this.#handlers ??= new Set();
    this.#handlers.add(officer);
  }

  clock(name: string): StageClock {
    let clock = this.clocks.get(name);
    if (clock === undefined) {
      clock = new StageClock(lastUnit(this.terms.get(name) ?? []));
      this.clocks.set(name, clock);
    }
    return clock;
  }

  /** What a clock shows at an instant not before the last stage; undefined if it never started. */
  readClock(name: string, at: number): ClockReading | undefined {
    return this.clocks.get(name)?.read(at);
  }
}

/** A clock runs by the unit of the last term of its limit. */
function lastUnit(terms: readonly TimeLimit[]): TimeLimit['unit'] {
  return terms[terms.length - 1]?.unit ?? 'URGENT_HOUR';
}
