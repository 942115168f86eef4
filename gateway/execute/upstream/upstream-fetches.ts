/** A fetch of an upstream gateway, in the form for a platform → its data, merged so that it can be merged again. */
import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, print } from 'graphql';
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { EntityLookup, PlanNode } from '../../model/plan.ts';
import type { UpstreamOperation } from '../../model/platform/upstream.ts';
import { type CompiledPlan, compilePlan } from '../compile-plan.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import type { TreeObject } from '../tree/tree.ts';
import {
  compileEntitiesField,
  createLookup,
  createLookupOperation,
  type EntitiesField,
  parseRepresentations,
} from './entities-field.ts';

const ENTITIES = '_entities';

export interface UpstreamFetches {
  /** Throws a `PublicError` for a fetch that no gateway makes. */
  run(operation: UpstreamOperation, run: Run): Promise<TreeObject>;
}

interface CachedText {
  /** Of the fetch. */
  readonly text: string;
}

interface CachedPlan extends CachedText {
  readonly plan: CompiledPlan;
}

/** Heap that a cached fetch takes for each character of its text. */
const BYTES_PER_CHARACTER = 100;

/** A parsed fetch, without its variables. */
interface UpstreamFetch extends CachedText {
  readonly variables: readonly string[];
  /** One for each `_entities` field; none for a fetch of root fields. */
  readonly entitiesFields: readonly EntitiesField[];
}

/**
 * A fetch is compiled once for each shape of its representations. It needs no planner: it is of one subgraph already.
 */
export function createUpstreamFetches(
  engine: ExecutionEngine,
  { planCacheMax, planCacheBytesMax }: Pick<Limits, 'planCacheMax' | 'planCacheBytesMax'>,
): UpstreamFetches {
  const weight = {
    bytesMax: planCacheBytesMax,
    bytesOf: (cached: CachedText) => BYTES_PER_CHARACTER * cached.text.length,
  };
  const fetches = createLruCache<string, UpstreamFetch>(planCacheMax, weight);
  const plans = createLruCache<string, CachedPlan>(planCacheMax, weight);
  return {
    run: async (operation, run) => {
      const key = `${operation.subgraph} ${operation.hash}`;
      const fetch = fetches.get(key) ?? parseFetch(operation.document, engine);
      fetches.set(key, fetch);
      const lookups = fetch.entitiesFields.map((field) => {
        const entities = parseRepresentations(field, run.rawVariables, engine);
        run.tree[field.responseKey] = entities;
        return createLookup(field, entities);
      });
      const shape = `${key} ${JSON.stringify(lookups.map(({ requires }) => requires))}`;
      const cached = plans.get(shape) ?? {
        plan: compilePlan(planOf(operation.subgraph, fetch, lookups), engine),
        text: fetch.text,
      };
      plans.set(shape, cached);
      await cached.plan.run(run);
      for (const { responseKey, project } of fetch.entitiesFields) {
        run.tree[responseKey] = (run.tree[responseKey] as TreeObject[]).map(project);
      }
      return run.tree;
    },
  };
}

function parseFetch(document: DocumentNode, engine: ExecutionEngine): UpstreamFetch {
  const operation = inlineFragments(document);
  if (operation.operation !== 'query') throw new PublicError('BAD_USER_INPUT', 'an upstream gateway can only query');
  const fields = rootFields(operation);
  const lookups = fields.filter(({ name }) => name.value === ENTITIES);
  if (lookups.length === 0) return { text: print(operation), variables: variablesOf(operation), entitiesFields: [] };
  if (lookups.length < fields.length) {
    throw new PublicError('BAD_USER_INPUT', 'a fetch asks for entities or for fields of the root, not for both');
  }
  const entitiesFields = lookups.map((node) => compileEntitiesField(node, engine));
  const lookupOperation = createLookupOperation(operation);
  const representationVariables = new Set(entitiesFields.map(({ variable }) => variable));
  return {
    text: print(lookupOperation),
    variables: variablesOf(lookupOperation).filter((name) => !representationVariables.has(name)),
    entitiesFields,
  };
}

function rootFields({ selectionSet }: OperationDefinitionNode): FieldNode[] {
  return selectionSet.selections.map((node) => {
    if (node.kind === Kind.FIELD) return node;
    throw new PublicError('BAD_USER_INPUT', 'a fetch names its root fields without fragments');
  });
}

function variablesOf(operation: OperationDefinitionNode): string[] {
  return (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
}

function planOf(
  subgraph: string,
  { text, variables, entitiesFields }: UpstreamFetch,
  lookups: readonly EntityLookup[],
): PlanNode {
  const fetch = { subgraph, operation: text, variables };
  if (entitiesFields.length === 0) return { ...fetch, kind: 'root-fetch', operationKind: 'query', outputRewrites: [] };
  return { ...fetch, kind: 'entity-fetch', lookups };
}
