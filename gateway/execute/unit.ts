/** One gathered field of an operation to platforms: its text, and the variables it uses. */
import type { Region, SubgraphAddress } from '@yiwang/schema';
import { type OperationDefinitionNode, print } from 'graphql';
import { variablesIn } from '../kit/variables-in.ts';
import { PublicError } from '../model/errors.ts';
import type { FieldProgram } from '../model/gather.ts';
import type { Engine, Run, Target } from './context.ts';

export interface Unit {
  readonly program: FieldProgram;
  readonly text: string;
  /** The client's variables that the field uses. */
  readonly variables: readonly string[];
}

export function unitOf(program: FieldProgram): Unit {
  const hidden = new Set(program.hidden.map(({ name }) => name));
  return {
    program,
    text: print(program.node),
    variables: [...variablesIn(program.node)].filter((name) => !hidden.has(name)),
  };
}

/** The operation with these root fields alone. */
export function operationText(operation: OperationDefinitionNode, units: readonly Unit[]): string {
  const used = new Set(units.flatMap(({ variables }) => variables));
  const kept = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)).map(print);
  const hidden = units.flatMap(({ program }) => program.hidden.map(({ name, type }) => `$${name}: ${type}`));
  const definitions = [...kept, ...hidden];
  const head = definitions.length > 0 ? `query(${definitions.join(', ')})` : 'query';
  return `${head} { ${units.map(({ text }) => text).join(' ')} }`;
}

/** The position in the caller's cursor; null without one. Throws `BAD_USER_INPUT` for a cursor of another query. */
export function readPosition(
  program: FieldProgram,
  args: Readonly<Record<string, unknown>>,
  run: Run,
  engine: Engine,
): string | null {
  const { after } = args;
  if (typeof after !== 'string') return null;
  const position = engine.sealer.open(after, bindingOf(program, args, run));
  if (position !== undefined) return position;
  const message = 'this cursor is not from this query: expected one from a page with the same arguments and rights';
  throw new PublicError('BAD_USER_INPUT', message);
}

/** The platforms for a region; what nobody answers for is on the ledger. Throws `TOO_COSTLY`. */
export function coverRegion(
  served: SubgraphAddress,
  region: Region,
  run: Run,
  { limits, steps }: Engine,
): readonly Target[] {
  const targets = steps.cover(served, region);
  if (targets.length > limits.fanOutMax) {
    const message = `this reaches ${targets.length} platforms at once; at most ${limits.fanOutMax} are allowed`;
    throw new PublicError('TOO_COSTLY', message);
  }
  if (served.partition === 'division') run.ledger.unserved(steps.unserved(served, region));
  return targets;
}

/** What a cursor is good for: the same field with the same arguments, asked with the same rights. */
export function bindingOf(program: FieldProgram, args: Readonly<Record<string, unknown>>, run: Run): string {
  const { first: _first, after: _after, ...rest } = args;
  return JSON.stringify([program.definition.name, rest, run.asked.view.name, run.asked.rights.fingerprint]);
}
