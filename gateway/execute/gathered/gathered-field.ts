/** One gathered field of an operation for platforms: its text, its arguments and its cursor. */
import type { Region, SubgraphAddress } from '@yiwang/schema';
import { type FieldNode, getArgumentValues, type OperationDefinitionNode, print } from 'graphql';
import { usedVariables } from '../../kit/graphql/used-variables.ts';
import { PublicError } from '../../model/errors.ts';
import type { FieldProgram } from '../../model/gather.ts';
import type { ExecutionEngine, RouteTarget, Run } from '../context.ts';
import { type Cursor, decodeCursor, NOTHING_SKIPPED } from './cursor.ts';

/** A field in the text of an operation. */
export interface FieldText {
  readonly program: FieldProgram;
  readonly text: string;
  /** The client's variables that the field uses. */
  readonly variables: readonly string[];
}

export interface GatheredField extends FieldText {
  /** The field as a platform is asked for more rows of its page; undefined if pages are asked for whole. */
  readonly refill: FieldText | undefined;
  /** The field's arguments, coerced once if they depend on no variable. Throws a `GraphQLError`. */
  coerceArguments(run: Run): Arguments;
}

type Arguments = Readonly<Record<string, unknown>>;

export function createGatheredField(program: FieldProgram): GatheredField {
  const hidden = new Set(program.hidden.map(({ name }) => name));
  const toText = (node: FieldNode): FieldText => ({
    program,
    text: print(node),
    variables: [...usedVariables(node)].filter((name) => !hidden.has(name)),
  });
  const refill = program.refill && toText(program.refill.node);
  return { ...toText(program.node), refill, coerceArguments: compileArguments(program) };
}

export function compileArguments({ definition, clientNode }: FieldProgram): (run: Run) => Arguments {
  const isConstant = (clientNode.arguments ?? []).every((argument) => usedVariables(argument).size === 0);
  let constant: Arguments | undefined;
  return (run) => {
    if (constant) return constant;
    const args = getArgumentValues(definition, clientNode, run.variables as Record<string, unknown>);
    if (isConstant) constant = args;
    return args;
  };
}

/** The operation with these root fields alone. */
export function writeOperation(operation: OperationDefinitionNode, fields: readonly FieldText[]): string {
  const usedNames = new Set(fields.flatMap(({ variables }) => variables));
  const clientDefinitions = (operation.variableDefinitions ?? [])
    .filter(({ variable }) => usedNames.has(variable.name.value))
    .map(print);
  const hiddenDefinitions = fields.flatMap(({ program }) =>
    program.hidden.map(({ name, type }) => `$${name}: ${type}`),
  );
  const definitions = [...clientDefinitions, ...hiddenDefinitions];
  const head = definitions.length > 0 ? `query(${definitions.join(', ')})` : 'query';
  return `${head} { ${fields.map(({ text }) => text).join(' ')} }`;
}

/**
 * The caller's cursor; undefined without one. A gateway above has verified its client's cursor, and sends the position.
 * Throws `BAD_USER_INPUT` for a cursor of another query.
 */
export function verifyCursor(
  program: FieldProgram,
  args: Readonly<Record<string, unknown>>,
  run: Run,
  engine: ExecutionEngine,
): Cursor | undefined {
  const { after } = args;
  if (typeof after !== 'string') return undefined;
  if (run.recipient === 'gateway') return { position: after, skipped: NOTHING_SKIPPED };
  const text =
    after.length <= engine.limits.cursorBytesMax
      ? engine.signer.verify(after, cursorBinding(program, args, run))
      : undefined;
  if (text !== undefined) return decodeCursor(text);
  const message = 'this cursor is not from this query: expected one from a page with the same arguments and rights';
  throw new PublicError('BAD_USER_INPUT', message);
}

/**
 * The platforms for a region. Adds what no platform answers for to coverage. Throws `TOO_COSTLY` for too many
 * platforms.
 */
export function coverRegion(
  address: SubgraphAddress,
  region: Region,
  run: Run,
  { limits, steps }: ExecutionEngine,
): readonly RouteTarget[] {
  const targets = steps.cover(address, region, run);
  if (targets.length > limits.fanOutMax) {
    const message = `this reaches ${targets.length} platforms at once; at most ${limits.fanOutMax} are allowed`;
    throw new PublicError('TOO_COSTLY', message);
  }
  if (address.partition !== 'none') run.collector.addUnserved(steps.unserved(address, region, run));
  return targets;
}

/** What a cursor is bound to: the same field with the same arguments, of a caller with the same rights. */
export function cursorBinding(program: FieldProgram, args: Readonly<Record<string, unknown>>, run: Run): string {
  const { first: _first, after: _after, ...rest } = args;
  return JSON.stringify([program.definition.name, rest, run.operation.view.name, run.operation.rights.fingerprint]);
}
