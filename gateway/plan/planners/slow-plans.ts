/** Reports plans that took long, with the shape of their operation and no value that the client wrote. */
import { Kind, parse, print, type ValueNode, visit } from 'graphql';
import type { Limits } from '../../model/limits.ts';
import type { SlowPlan } from '../planner.ts';

export interface SlowPlanReporter {
  /** `operation`: its text. */
  report(plan: SlowPlan): void;
}

/**
 * `onSlowPlan` is called for plans that took `slowPlanMs` or were aborted, with the operation cut to `slowPlanTextMax`.
 */
export function createSlowPlanReporter(
  { slowPlanMs, slowPlanTextMax }: Pick<Limits, 'slowPlanMs' | 'slowPlanTextMax'>,
  onSlowPlan: (plan: SlowPlan) => void = () => undefined,
): SlowPlanReporter {
  return {
    report(plan) {
      if (plan.tookMs < slowPlanMs && !plan.isRefused) return;
      onSlowPlan({ ...plan, operation: withoutValues(plan.operation).slice(0, slowPlanTextMax) });
    },
  };
}

/** Blanks literals and drops aliases; variables keep their names. */
function withoutValues(operation: string): string {
  const shape = visit(parse(operation, { noLocation: true }), {
    Field: ({ alias: _alias, ...node }) => node,
    enter: (node) => blankLiteral(node as ValueNode),
  });
  return print(shape).replace(/\s+/g, ' ');
}

/** Undefined for a node without a value of its own. */
function blankLiteral(node: ValueNode): ValueNode | undefined {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return { kind: Kind.INT, value: '0' };
    case Kind.STRING:
      return { kind: Kind.STRING, value: '' };
    default:
      return undefined;
  }
}
