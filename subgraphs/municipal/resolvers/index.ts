/** Field → loader or store: no SQL here. */
import type { Resolvers } from '@yiwang/platform';
import { entityResolvers } from './entities.ts';
import { queryResolvers } from './query.ts';

export const resolvers: Resolvers = { Query: queryResolvers, ...entityResolvers };
