/** A batch of entities → the fields of objects in the tree that its platform gave. */
import { regionOfKey } from '@yiwang/schema';
import { Kind, type SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import { type FieldProgram, HIDDEN_PREFIX } from '../../model/gather.ts';
import type { SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import type { TreeObject } from '../tree/tree.ts';
import type { Claims, Giver } from './claims.ts';

interface ClaimedEntity {
  /** JSON text of its representation. */
  readonly text: string;
  readonly objects: readonly TreeObject[];
  readonly results: readonly { readonly record: unknown; readonly value: TreeObject | null }[] | undefined;
}

interface ClaimedLookup {
  readonly gathered: ReadonlyMap<string, readonly FieldProgram[]>;
  /** What is asked for of each entity. */
  readonly selection: SelectionSetNode | undefined;
}

export interface ClaimedBatch {
  readonly lookups: readonly ClaimedLookup[];
  /** For each lookup. */
  readonly entities: readonly (readonly ClaimedEntity[])[];
  readonly giver: Giver;
}

export function claimEntities(
  claims: Claims,
  { lookups, entities, giver }: ClaimedBatch,
  rules: Pick<SupergraphRules, 'jurisdictionKey'>,
): void {
  for (const [i, lookup] of lookups.entries()) {
    for (const entity of entities[i]!) claimEntity(claims, entity, { lookup, giver, rules });
  }
}

interface ClaimContext {
  readonly lookup: ClaimedLookup;
  readonly giver: Giver;
  readonly rules: Pick<SupergraphRules, 'jurisdictionKey'>;
}

function claimEntity(claims: Claims, entity: ClaimedEntity, { lookup, giver, rules }: ClaimContext): void {
  const representation = JSON.parse(entity.text) as Readonly<TreeObject>;
  const typename = String(representation.__typename);
  const gathered = lookup.gathered.get(typename) ?? [];
  const platform = gathered.length === 0 ? giver.giverOf(regionOf(representation, typename, rules)) : giver.platform;
  const selection = withoutKeys(lookup.selection, new Set(gathered.map(({ responseKey }) => responseKey)));
  for (const object of entity.objects) claims.addValue(object, selection, platform, false);
  // What is merged of several platforms keeps the objects that are equal on all.
  for (const { record, value } of entity.results ?? []) {
    if (record !== giver) continue;
    for (const { responseKey, node } of gathered) claims.addValue(value?.[responseKey], node.selectionSet, platform);
  }
}

function regionOf(representation: Readonly<TreeObject>, typename: string, rules: ClaimContext['rules']) {
  const key = rules.jurisdictionKey(typename);
  const value = key && representation[key.field];
  // A credit code says nothing about its division: what gave it is known as far as the platform that was called.
  if (key?.form === 'CREDIT_CODE') return undefined;
  return key && typeof value === 'string' ? regionOfKey(key.form, value) : undefined;
}

function withoutKeys(selection: SelectionSetNode | undefined, keys: ReadonlySet<string>): SelectionSetNode | undefined {
  if (!selection || keys.size === 0) return selection;
  const selections = selection.selections.flatMap((node) => {
    if (node.kind === Kind.INLINE_FRAGMENT) return { ...node, selectionSet: withoutKeys(node.selectionSet, keys)! };
    const key = node.kind === Kind.FIELD ? responseKeyOf(node) : '';
    return keys.has(key) || key.startsWith(HIDDEN_PREFIX) ? [] : node;
  });
  return { ...selection, selections };
}
