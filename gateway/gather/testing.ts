/** Compiled programs of fields, for tests of the merge. */
import { buildASTSchema, type FieldNode, type GraphQLObjectType, Kind, parse } from 'graphql';
import { readSupergraphRules } from '../supergraph/rules.ts';
import { TOY_SUPERGRAPH } from '../tests/support/toys/toy-engine.ts';
import { compileGather } from './compile-gather.ts';

/** `field`: a root field with its selection. */
export function programOf(field: string, supergraph: string = TOY_SUPERGRAPH) {
  const document = parse(supergraph);
  const rules = readSupergraphRules(document);
  const query = buildASTSchema(document, { assumeValidSDL: true }).getQueryType() as GraphQLObjectType;
  const [operation] = parse(`{ ${field} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return compileGather(operation.selectionSet.selections[0] as FieldNode, query, rules, 0);
}
