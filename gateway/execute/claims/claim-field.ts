/** What a platform gave for a gathered field → which objects of the merged value are its own. */
import { isObject, parsePosition, type Region, regionOf, regionOfKey } from '@yiwang/schema';
import { getNamedType, type SelectionSetNode } from 'graphql';
import { responseKeyOf, selectedFields } from '../../kit/graphql/selections.ts';
import { type FieldProgram, HIDDEN_PREFIX } from '../../model/gather.ts';
import type { SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import type { TreeObject } from '../tree/tree.ts';
import type { Claims, Giver } from './claims.ts';

interface ClaimedResult {
  readonly record: Giver;
  readonly region: Region;
  readonly value: unknown;
  readonly refill?: unknown;
}

export interface ClaimedField {
  readonly program: FieldProgram;
  readonly results: readonly ClaimedResult[];
  /** Where the merged value is. */
  readonly tree: TreeObject;
  readonly rules: Pick<SupergraphRules, 'jurisdictionKey'>;
}

export function claimField(claims: Claims, field: ClaimedField, giver: Giver): void {
  const { program, results, tree } = field;
  const { responseKey, node, by } = program;
  const giverOf = compileGiverOf(field, giver);
  // Lists are the rows of several platforms, even if one alone answers today.
  const isList = by === 'PAGE' || by === 'CONCAT' || by === 'GROUP';
  const [first] = results;
  if (first && results.length === 1 && !isList) claims.addField(tree, responseKey, giverOf(undefined, first));
  for (const result of results) {
    if (result.record !== giver) continue;
    for (const value of [result.value, result.refill]) {
      if (by === 'PAGE') claimRows(claims, value, giver, node.selectionSet);
      else
        for (const row of Array.isArray(value) ? value : [value])
          claims.addValue(row, node.selectionSet, giverOf(row, result));
    }
  }
  // The merge copies the rows of such a list.
  if (by === 'CONCAT') claimCopies(claims, field, giver);
}

/** Rows that came by way of a gateway: by the key that they are routed by, if it was fetched, or by what was asked. */
type GiverOf = (row: unknown, result: ClaimedResult) => string;

function compileGiverOf({ program, rules }: ClaimedField, giver: Giver): GiverOf {
  const { definition, node } = program;
  const key = rules.jurisdictionKey(getNamedType(definition.type).name);
  const fields = key && node.selectionSet ? selectedFields(node.selectionSet) : [];
  const keyField = fields.find(({ name }) => name.value === key?.field);
  // A credit code says nothing about its division.
  const form = key && key.form !== 'CREDIT_CODE' ? key.form : undefined;
  return (row, { region }) => {
    const value = keyField && isObject(row) ? row[responseKeyOf(keyField)] : undefined;
    return giver.giverOf(form && typeof value === 'string' ? regionOfKey(form, value) : region);
  };
}

const EDGES = `${HIDDEN_PREFIX}edges`;

/** Rows that came by way of a gateway are those of the platform that answers for their division. */
function claimRows(claims: Claims, page: unknown, giver: Giver, selection: SelectionSetNode | undefined): void {
  if (!isObject(page)) return;
  const edges = page[EDGES];
  if (!Array.isArray(edges)) return;
  const givers = edges.map((edge: unknown) => {
    const cursor = isObject(edge) ? edge.cursor : undefined;
    const position = typeof cursor === 'string' ? parsePosition(cursor) : undefined;
    return giver.giverOf(position && regionOf(position.division));
  });
  for (const [key, sets] of claims.fieldsOf(selection)) {
    const rows = page[key];
    if (!Array.isArray(rows)) continue;
    for (const [i, row] of rows.entries()) {
      for (const set of sets) claims.addValue(row, set, givers[i] ?? giver.platform);
    }
  }
}

function claimCopies(claims: Claims, field: ClaimedField, giver: Giver): void {
  const { program, results, tree } = field;
  const merged = tree[program.responseKey];
  const present = results.filter(({ value }) => value !== null && value !== undefined);
  const origins = program.originsOf?.(present);
  if (!Array.isArray(merged) || origins?.length !== merged.length) return;
  const giverOf = compileGiverOf(field, giver);
  for (const [i, { origin, row }] of origins.entries()) {
    const result = present[origin];
    if (result?.record !== giver) continue;
    claims.addValue(merged[i], program.node.selectionSet, giverOf(row, result));
  }
}
