/** Field → loader or store: no SQL here. */
import type { ModuleResolvers } from '../generated/schema.ts';
import { entityResolvers } from './entities.ts';
import { queryResolvers } from './query.ts';

export const resolvers: ModuleResolvers = { Query: queryResolvers, ...entityResolvers };
