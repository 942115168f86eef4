/** Adds `@defer` to random fragments of an operation. */
import fc, { type GeneratorValue } from 'fast-check';
import {
  type DirectiveNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';

const DEFER: DirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' } };

export function withDefer(query: string, generate: GeneratorValue): string {
  const maybe = <T extends InlineFragmentNode | FragmentSpreadNode>(node: T): T | undefined =>
    generate(fc.boolean) ? { ...node, directives: [...(node.directives ?? []), DEFER] } : undefined;
  return print(visit(parse(query), { InlineFragment: maybe, FragmentSpread: maybe }));
}
