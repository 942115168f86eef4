/** One gathered field of an operation to platforms: its text, and the variables it uses. */
import type { Region, SubgraphAddress } from '@yiwang/schema';
import { type FieldNode, getArgumentValues, type OperationDefinitionNode, print } from 'graphql';
import { variablesIn } from '../kit/variables-in.ts';
import { PublicError } from '../model/errors.ts';
import type { FieldProgram } from '../model/gather.ts';
import type { Engine, Run, Target } from './context.ts';
import { type Cursor, NONE_MISSED, parseCursor } from './cursor.ts';

/** A field in the text of an operation. */
export interface Worded {
  readonly program: FieldProgram;
  readonly text: string;
  /** The client's variables that the field uses. */
  readonly variables: readonly string[];
}

export interface Unit extends Worded {
  /** The field as a platform is asked for more of its page; undefined where pages are asked for whole. */
  readonly refill: Worded | undefined;
  /** The field's arguments, coerced; read once where they depend on no variable. Throws a `GraphQLError`. */
  readArguments(run: Run): Arguments;
}

type Arguments = Readonly<Record<string, unknown>>;

export function unitOf(program: FieldProgram): Unit {
  const hidden = new Set(program.hidden.map(({ name }) => name));
  const worded = (node: FieldNode): Worded => ({
    program,
    text: print(node),
    variables: [...variablesIn(node)].filter((name) => !hidden.has(name)),
  });
  const refill = program.refill && worded(program.refill.node);
  return { ...worded(program.node), refill, readArguments: argumentReader(program) };
}

export function argumentReader({ definition, asked }: FieldProgram): (run: Run) => Arguments {
  const isConstant = (asked.arguments ?? []).every((argument) => variablesIn(argument).size === 0);
  let constant: Arguments | undefined;
  return (run) => {
    if (constant) return constant;
    const args = getArgumentValues(definition, asked, run.variables as Record<string, unknown>);
    if (isConstant) constant = args;
    return args;
  };
}

/** The operation with these root fields alone. */
export function operationText(operation: OperationDefinitionNode, units: readonly Worded[]): string {
  const used = new Set(units.flatMap(({ variables }) => variables));
  const kept = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)).map(print);
  const hidden = units.flatMap(({ program }) => program.hidden.map(({ name, type }) => `$${name}: ${type}`));
  const definitions = [...kept, ...hidden];
  const head = definitions.length > 0 ? `query(${definitions.join(', ')})` : 'query';
  return `${head} { ${units.map(({ text }) => text).join(' ')} }`;
}

/**
 * The caller's cursor; undefined without one. A gateway above has opened its cursor and sends the position. Throws
 * `BAD_USER_INPUT` for a cursor of another query.
 */
export function readCursor(
  program: FieldProgram,
  args: Readonly<Record<string, unknown>>,
  run: Run,
  engine: Engine,
): Cursor | undefined {
  const { after } = args;
  if (typeof after !== 'string') return undefined;
  if (run.form === 'relay') return { position: after, missed: NONE_MISSED };
  const text =
    after.length <= engine.limits.cursorBytesMax ? engine.sealer.open(after, bindingOf(program, args, run)) : undefined;
  if (text !== undefined) return parseCursor(text);
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
  const targets = steps.cover(served, region, run);
  if (targets.length > limits.fanOutMax) {
    const message = `this reaches ${targets.length} platforms at once; at most ${limits.fanOutMax} are allowed`;
    throw new PublicError('TOO_COSTLY', message);
  }
  if (served.partition !== 'none') run.ledger.unserved(steps.unserved(served, region, run));
  return targets;
}

/** What a cursor is good for: the same field with the same arguments, asked with the same rights. */
export function bindingOf(program: FieldProgram, args: Readonly<Record<string, unknown>>, run: Run): string {
  const { first: _first, after: _after, ...rest } = args;
  return JSON.stringify([program.definition.name, rest, run.asked.view.name, run.asked.rights.fingerprint]);
}
