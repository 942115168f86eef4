/** Validation of `@defer` beyond its definition, as the specification of incremental delivery demands. */
import { type ASTVisitor, GraphQLError, Kind, type ValidationContext, type ValidationRule } from 'graphql';

/** Fields of a mutation run one after the other, so none of them may be deferred. */
const deferRootRule: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  Directive: (node) => {
    const type = context.getParentType();
    if (node.name.value !== 'defer' || !type || type !== context.getSchema().getMutationType()) return;
    context.reportError(
      new GraphQLError(`Directive "@defer" cannot be used at the root of a mutation, "${type.name}".`, { nodes: node }),
    );
  },
});

const deferLabelRule: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const labels = new Set<string>();
  return {
    Directive: (node) => {
      const label = node.arguments?.find(({ name }) => name.value === 'label')?.value;
      if (node.name.value !== 'defer' || !label || label.kind === Kind.NULL) return;
      if (label.kind !== Kind.STRING) {
        const message = 'Argument "label" of directive "@defer" must be a text in the document, not a variable.';
        context.reportError(new GraphQLError(message, { nodes: node }));
      } else if (labels.has(label.value)) {
        const message = `The label "${label.value}" of "@defer" must be unique in the document.`;
        context.reportError(new GraphQLError(message, { nodes: node }));
      } else labels.add(label.value);
    },
  };
};

export const DEFER_RULES: readonly ValidationRule[] = [deferRootRule, deferLabelRule];
