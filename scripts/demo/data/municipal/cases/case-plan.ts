/** The plan of a case: what is drawn before it starts. The acts follow from it, and the flow of the standard decides what they do. */
import type { FilingCondition } from '@yiwang/schema/cases';
import type { Random } from '../../random.ts';

export type CaseOutcome = 'ON_TIME' | 'LATE' | 'STUCK' | 'VOIDED' | 'SELF_HANDLED';
export type CaseSource = 'PATROL' | 'HOTLINE' | 'PUBLIC' | 'VIDEO' | 'LEADER' | 'DEPARTMENT' | 'SENSOR';

/** The whole course of a case; the clock may cut it off. */
export interface CasePlan {
  readonly source: CaseSource;
  readonly reportedAt: number;
  readonly condition: FilingCondition;
  readonly outcome: CaseOutcome;
  readonly verified: boolean;
  readonly filedLate: boolean;
  /** The dispatcher sends it back to the acceptor once, who files it again. */
  readonly refiled: boolean;
  /** The department first chosen sends it back; the second, which may be the same, keeps it. */
  readonly departments: readonly [string] | readonly [string, string];
  /** Who does not accept the first result; null if everybody does. */
  readonly reworkedBy: 'HANDLING_DEPARTMENT' | 'DISPATCHER' | 'ACCEPTOR' | null;
  readonly extension: RequestOutcome | null;
  readonly suspended: boolean;
  /** Of a case that is closed late. */
  readonly appeal: RequestOutcome | null;
}

/** What becomes of something that is asked. */
export type RequestOutcome = 'GRANTED' | 'REFUSED';

/** Matters of days may be extended and suspended. */
const PAUSABLE_UNITS: ReadonlySet<string> = new Set(['WORKDAY', 'NATURAL_DAY']);
const EXTENDABLE_AMOUNT_MAX = 7;
const EXTENDED_SHARE = 0.035;
/** Of what is asked. */
const REFUSED_SHARE = 0.2;
const SUSPENDED_SHARE = 0.009;
const APPEALED_SHARE = 0.12;
const VERIFIED_SHARE = 0.35;
const REFILED_SHARE = 0.004;
/** Of returns: the dispatcher insists, and the same department gets it again. */
const INSISTED_SHARE = 0.2;
const VOID_SHARE = 0.031;
/** Of what collectors find; the rest of their events needs somebody else. */
const SELF_HANDLED_SHARE = 0.025;

interface PlanInput {
  readonly source: CaseSource;
  readonly reportedAt: number;
  readonly condition: FilingCondition;
  /** The department of the class, and one that gets what the first sends back. */
  readonly departments: readonly [string, string];
  /** Shares of filed cases. */
  readonly work: {
    readonly late: number;
    readonly stuck: number;
    readonly returned: number;
    readonly reworked: number;
    readonly filedLate: number;
  };
  /** On the shares of late and stuck cases. */
  readonly factor: number;
}

export function drawPlan(
  { source, reportedAt, condition, departments, work, factor }: PlanInput,
  random: Random,
): CasePlan {
  const { limit } = condition;
  const pausable = PAUSABLE_UNITS.has(limit.unit);
  const outcome = drawOutcome(random, { source, work, factor });
  const [first, other] = departments;
  const returned = first !== other && random.chance(work.returned);
  const extendable = pausable && limit.amount <= EXTENDABLE_AMOUNT_MAX;
  return {
    source,
    reportedAt,
    condition,
    outcome,
    verified: source !== 'PATROL' && random.chance(VERIFIED_SHARE),
    filedLate: random.chance(work.filedLate),
    refiled: random.chance(REFILED_SHARE),
    departments: returned ? [first, random.chance(INSISTED_SHARE) ? first : other] : [first],
    reworkedBy: random.chance(work.reworked)
      ? random.pick(['HANDLING_DEPARTMENT', 'DISPATCHER', 'ACCEPTOR', 'ACCEPTOR'] as const)
      : null,
    extension: extendable && random.chance(EXTENDED_SHARE / (1 - REFUSED_SHARE)) ? drawRequest(random) : null,
    suspended: pausable && random.chance(SUSPENDED_SHARE),
    appeal: outcome === 'LATE' && random.chance(APPEALED_SHARE) ? drawRequest(random) : null,
  };
}

function drawRequest(random: Random): RequestOutcome {
  return random.chance(REFUSED_SHARE) ? 'REFUSED' : 'GRANTED';
}

function drawOutcome(
  random: Random,
  { source, work, factor }: Pick<PlanInput, 'source' | 'work' | 'factor'>,
): CaseOutcome {
  if (source === 'PATROL' && random.chance(SELF_HANDLED_SHARE)) return 'SELF_HANDLED';
  const draw = random.next();
  if (draw < VOID_SHARE) return 'VOIDED';
  if (draw < VOID_SHARE + work.stuck * factor) return 'STUCK';
  return draw < VOID_SHARE + (work.stuck + work.late) * factor ? 'LATE' : 'ON_TIME';
}
