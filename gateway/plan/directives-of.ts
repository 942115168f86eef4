import type { DirectiveNode, FieldNode } from 'graphql';

/** What a field has that is written once for several that the client wrote: of each directive, what the first has that has it. */
export function directivesOf(fields: readonly FieldNode[]): readonly DirectiveNode[] {
  const [first, ...rest] = fields.map(({ directives = [] }) => directives);
  const found = [...(first ?? [])];
  for (const directives of rest) {
    const names = new Set(found.map(({ name }) => name.value));
    found.push(...directives.filter(({ name }) => !names.has(name.value)));
  }
  return found;
}
