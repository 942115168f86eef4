import type { DirectiveNode, FieldNode } from 'graphql';

/** What a field has that is written once for several that the client wrote: of each directive, what the first has that has it. */
export function mergeDirectives(fields: readonly FieldNode[]): readonly DirectiveNode[] {
  const [first, ...rest] = fields.map(({ directives = [] }) => directives);
  const merged = [...(first ?? [])];
  for (const directives of rest) {
    const names = new Set(merged.map(({ name }) => name.value));
    merged.push(...directives.filter(({ name }) => !names.has(name.value)));
  }
  return merged;
}
