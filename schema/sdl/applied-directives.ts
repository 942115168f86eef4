/** Directives as a document applies them: found by name, and the values of their arguments. */
import { type ConstDirectiveNode, valueFromASTUntyped } from 'graphql';

/** A definition that can have directives. */
export interface DirectedNode {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** The first directive of this name; undefined if the node has none. */
export function directiveOf(node: DirectedNode | undefined, name: string): ConstDirectiveNode | undefined {
  return node?.directives?.find((applied) => applied.name.value === name);
}

/** Every directive of this name, for those that are repeatable. */
export function directivesOf(node: DirectedNode | undefined, name: string): readonly ConstDirectiveNode[] {
  return (node?.directives ?? []).filter((applied) => applied.name.value === name);
}

export function hasDirective(node: DirectedNode | undefined, name: string): boolean {
  return directiveOf(node, name) !== undefined;
}

/** The value of an argument; undefined if it is not written out, or if there is no directive. Enum values are strings. */
export function argumentOf(applied: ConstDirectiveNode | undefined, name: string): unknown {
  const argument = applied?.arguments?.find((candidate) => candidate.name.value === name);
  return argument && valueFromASTUntyped(argument.value);
}

/** The values of all arguments that are written out, by name. */
export function argumentsOf(applied: ConstDirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (applied.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}
