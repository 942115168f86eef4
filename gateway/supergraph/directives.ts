/** Directives as they are applied to a definition → their arguments as plain values. */
import { type ConstDirectiveNode, type DirectiveNode, valueFromASTUntyped } from 'graphql';

export type DirectiveArguments = Readonly<Record<string, unknown>>;

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

export function argumentsOf({ arguments: args = [] }: DirectiveNode): DirectiveArguments {
  return Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}

/** The arguments of each application of a directive; none for an absent definition. */
export function applicationsOf(node: Annotated | undefined, directive: string): DirectiveArguments[] {
  return (node?.directives ?? []).filter(({ name }) => name.value === directive).map(argumentsOf);
}

export function hasDirective(node: Annotated, directive: string): boolean {
  return node.directives?.some(({ name }) => name.value === directive) ?? false;
}
