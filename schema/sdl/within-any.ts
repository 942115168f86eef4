/** Fields that take a division take several as well: the argument `withinAny` beside each `within`. */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  visit,
} from 'graphql';
import { argumentOf, directiveOf } from './applied-directives.ts';

export const WITHIN = 'within';
export const WITHIN_ANY = 'withinAny';

const DESCRIPTION =
  'Several divisions, each with all below it, such as the members of a city cluster; what lies in two of them counts once. Either this or `within`.';

/**
 * Adds the argument to every field whose argument `within` names its jurisdiction. The public does not see it where small
 * counts are withheld: sums over sets of its choice would tell them.
 */
export function addWithinAny(document: DocumentNode): DocumentNode {
  return visit(document, {
    FieldDefinition(node) {
      const args = node.arguments ?? [];
      const at = args.findIndex(isWithin);
      if (at < 0 || args.some(({ name }) => name.value === WITHIN_ANY)) return undefined;
      return { ...node, arguments: [...args.slice(0, at + 1), createArgument(args[at]!, node), ...args.slice(at + 1)] };
    },
  });
}

function isWithin(argument: InputValueDefinitionNode): boolean {
  const applied = directiveOf(argument, 'jurisdiction');
  return (
    argument.name.value === WITHIN && applied !== undefined && (argumentOf(applied, 'by') ?? 'WITHIN') === 'WITHIN'
  );
}

function createArgument(within: InputValueDefinitionNode, field: FieldDefinitionNode): InputValueDefinitionNode {
  const item = within.type.kind === Kind.NON_NULL_TYPE ? within.type.type : within.type;
  const withholds = argumentOf(directiveOf(field, 'gather'), 'small') !== undefined;
  return {
    ...within,
    name: { kind: Kind.NAME, value: WITHIN_ANY },
    description: { kind: Kind.STRING, value: DESCRIPTION },
    type: { kind: Kind.LIST_TYPE, type: { kind: Kind.NON_NULL_TYPE, type: item } },
    directives: [...(within.directives ?? []), ...(withholds ? [SHARED] : [])],
  };
}

const SHARED: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'classified' },
  arguments: [
    { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'as' }, value: { kind: Kind.ENUM, value: 'SHARED' } },
  ],
};
