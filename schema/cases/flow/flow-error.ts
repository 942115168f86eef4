/** The error of a stage that the table of its flow does not allow. */
import { StandardError } from '../../standard/standard-error.ts';

/**
 * The rules that every flow has: the state allows the act (STATE), who acts may (ROLE), a reason is given (REASON),
 * the act is not before the last one (TIME), the department is named (GIVEN) or its own (OWN), the clock has a limit
 * (LIMIT), a judgement is brought (JUDGEMENT), and five about acts that are asked and decided. Checks of the table are rules by their own names.
 */
export type CommonRule =
  | 'STATE'
  | 'ROLE'
  | 'REASON'
  | 'TIME'
  | 'GIVEN'
  | 'OWN'
  | 'LIMIT'
  | 'JUDGEMENT'
  | 'PENDING'
  | 'NOT_PENDING'
  | 'ASKS_MAX'
  | 'GRANTS_MAX'
  | 'REFUSALS_MAX';

export class FlowError extends StandardError {
  /** The number of the stage in its flow, from 1. */
  readonly stage: number;
  /** A `CommonRule`, or the name of a check in the table. */
  readonly rule: string;

  constructor(stage: number, action: string, { rule, message }: { readonly rule: string; readonly message: string }) {
    super('TRANSITION', `Stage ${stage}, ${action}: ${message} (${rule})`);
    this.name = 'FlowError';
    this.stage = stage;
    this.rule = rule;
  }
}
