/** Schema → whether an object of a type satisfies a fragment on another. */
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import type { TypeTest } from './tree.ts';

export function createTypeTest(schema: GraphQLSchema): TypeTest {
  return (typename, condition) => {
    const [type, abstract] = [schema.getType(typename), schema.getType(condition)];
    return (
      isAbstractType(abstract) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type)
    );
  };
}
