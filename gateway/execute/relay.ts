/** A fetch of a gateway above, as it would go to a platform → its data, merged in the form in which it can be merged again. */
import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, print } from 'graphql';
import { createBoundedMap } from '../kit/bounded-map.ts';
import { inlineFragments } from '../kit/inline-fragments.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { EntityLookup, PlanNode } from '../model/plan.ts';
import type { RelayAsked } from '../model/relay.ts';
import type { Engine, Run } from './context.ts';
import { type CompiledPlan, compilePlan } from './plan.ts';
import { asLookups, createReader, type EntityReader, lookupOf, readEntities } from './relay-entities.ts';
import type { TreeObject } from './tree.ts';

const ENTITIES = '_entities';

export interface Relay {
  /** Throws a `PublicError` where the fetch is none that a gateway makes. */
  run(asked: RelayAsked, run: Run): Promise<TreeObject>;
}

interface Kept {
  /** Of the fetch. */
  readonly text: string;
}

interface KeptPlan extends Kept {
  readonly plan: CompiledPlan;
}

/** Heap of what is kept of a fetch, for each character of its text. */
const BYTES_PER_CHARACTER = 100;

/** What a fetch asks for, whatever its variables are. */
interface Fetch extends Kept {
  readonly variables: readonly string[];
  /** One for each `_entities` field; none for a fetch of root fields. */
  readonly readers: readonly EntityReader[];
}

/** A fetch is compiled once for each shape of its representations. No planner is asked: it is a fetch of one subgraph already. */
export function createRelay(
  engine: Engine,
  { planCacheMax, planCacheBytesMax }: Pick<Limits, 'planCacheMax' | 'planCacheBytesMax'>,
): Relay {
  const weight = { bytesMax: planCacheBytesMax, bytesOf: (kept: Kept) => BYTES_PER_CHARACTER * kept.text.length };
  const fetches = createBoundedMap<string, Fetch>(planCacheMax, weight);
  const plans = createBoundedMap<string, KeptPlan>(planCacheMax, weight);
  return {
    run: async (asked, run) => {
      const key = `${asked.subgraph} ${asked.hash}`;
      const fetch = fetches.get(key) ?? readFetch(asked.document, engine);
      fetches.set(key, fetch);
      const lookups = fetch.readers.map((reader) => {
        const entities = readEntities(reader, run.rawVariables, engine);
        run.tree[reader.responseKey] = entities;
        return lookupOf(reader, entities);
      });
      const shape = `${key} ${JSON.stringify(lookups.map(({ requires }) => requires))}`;
      const kept = plans.get(shape) ?? {
        plan: compilePlan(planOf(asked.subgraph, fetch, lookups), engine),
        text: fetch.text,
      };
      plans.set(shape, kept);
      await kept.plan.run(run);
      for (const { responseKey, project } of fetch.readers) {
        run.tree[responseKey] = (run.tree[responseKey] as TreeObject[]).map(project);
      }
      return run.tree;
    },
  };
}

function readFetch(document: DocumentNode, engine: Engine): Fetch {
  const operation = inlineFragments(document);
  if (operation.operation !== 'query') throw new PublicError('BAD_USER_INPUT', 'a gateway above can only query');
  const fields = rootFields(operation);
  const lookups = fields.filter(({ name }) => name.value === ENTITIES);
  if (lookups.length === 0) return { text: print(operation), variables: variablesOf(operation), readers: [] };
  if (lookups.length < fields.length) {
    throw new PublicError('BAD_USER_INPUT', 'a fetch asks for entities or for fields of the root, not for both');
  }
  const readers = lookups.map((node) => createReader(node, engine));
  const kept = asLookups(operation);
  const own = new Set(readers.map(({ variable }) => variable));
  return { text: print(kept), variables: variablesOf(kept).filter((name) => !own.has(name)), readers };
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

function planOf(subgraph: string, { text, variables, readers }: Fetch, lookups: readonly EntityLookup[]): PlanNode {
  const fetch = { subgraph, operation: text, variables };
  if (readers.length === 0) return { ...fetch, kind: 'root-fetch', operationKind: 'query', outputRewrites: [] };
  return { ...fetch, kind: 'entity-fetch', lookups };
}
