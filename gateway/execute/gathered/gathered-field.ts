/** One gathered field of an operation for platforms: its text and its arguments. */
import type { SubgraphAddress } from '@yiwang/schema';
import { type FieldNode, getArgumentValues, type OperationDefinitionNode, print } from 'graphql';
import { collectVariables } from '../../kit/graphql/collect-variables.ts';
import type { FieldProgram } from '../../model/gather.ts';
import type { SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import type { Run } from '../context.ts';

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
  /** The subgraphs whose platforms each have a part of the field; undefined if one subgraph has all of it. */
  readonly jointAddresses: readonly SubgraphAddress[] | undefined;
  /** The field's arguments, coerced once if they depend on no variable. Throws a `GraphQLError`. */
  coerceArguments(run: Run): Arguments;
}

type Arguments = Readonly<Record<string, unknown>>;

export function createGatheredField(program: FieldProgram, rules: SupergraphRules): GatheredField {
  const hidden = new Set(program.hidden.map(({ name }) => name));
  const toText = (node: FieldNode): FieldText => ({
    program,
    text: print(node),
    variables: [...collectVariables(node)].filter((name) => !hidden.has(name)),
  });
  const refill = program.refill && toText(program.refill.node);
  const jointAddresses = rules.jointSubgraphs(program.definition.name)?.map((name) => addressOf(name, rules));
  return { ...toText(program.node), refill, jointAddresses, coerceArguments: compileArguments(program) };
}

function addressOf(subgraph: string, { locations }: SupergraphRules): SubgraphAddress {
  const location = locations.get(subgraph);
  if (location?.kind === 'directory') return location;
  throw new Error(`"${subgraph}" has a part of a gathered field, but no platforms in the directory`);
}

export function compileArguments({ definition, clientNode }: FieldProgram): (run: Run) => Arguments {
  const isConstant = (clientNode.arguments ?? []).every((argument) => collectVariables(argument).size === 0);
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
