/** Directives as a definition applies them: found by name, and their arguments as plain values. */
import { type ConstDirectiveNode, type DirectiveNode, valueFromASTUntyped } from 'graphql';

/** A definition that can have directives. */
export interface DirectedNode {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

export type DirectiveArguments = Readonly<Record<string, unknown>>;

/** The first directive of this name; undefined if the node has none, and for an absent node. */
export function directiveOf(node: DirectedNode | undefined, name: string): ConstDirectiveNode | undefined {
  return node?.directives?.find((applied) => applied.name.value === name);
}

export function hasDirective(node: DirectedNode | undefined, name: string): boolean {
  return directiveOf(node, name) !== undefined;
}

/** The arguments of each application of a directive; none for an absent node. */
export function applicationsOf(node: DirectedNode | undefined, name: string): DirectiveArguments[] {
  return (node?.directives ?? []).filter((applied) => applied.name.value === name).map(argumentsOf);
}

/** The arguments that are written out, by name. Enum values are strings. */
export function argumentsOf({ arguments: args = [] }: DirectiveNode): DirectiveArguments {
  return Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}

/** The value of one argument; undefined if it is not written out, or if there is no directive. */
export function argumentOf(applied: DirectiveNode | undefined, name: string): unknown {
  const argument = applied?.arguments?.find((candidate) => candidate.name.value === name);
  return argument && valueFromASTUntyped(argument.value);
}
