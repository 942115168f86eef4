/** Supergraph → what planning needs of it. */
import { applicationsOf } from '@yiwang/schema';
import { type DocumentNode, Kind, print } from 'graphql';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import type { SubgraphTypes } from '../../model/supergraph/subgraph-types.ts';
import { readDimensionKeys } from '../dimension-keys.ts';
import { fieldNamesIn } from '../field-sets.ts';
import { readOverrides } from '../overrides.ts';
import { readFieldNames, readSubgraphTypes } from '../subgraph-types.ts';
import { addEntryFields } from './add-entry-fields.ts';
import { bindRequiredArguments } from './bind-required-arguments.ts';
import { readForwardedDirectives } from './forwarded-directives.ts';

/** `sdl` is the text of the document. `overrideLabels` are active besides the percentages. */
export function readPlanning(
  sdl: string,
  document: DocumentNode,
  overrideLabels: readonly string[],
): PlanningSupergraph {
  const overrides = readOverrides(document, overrideLabels);
  const bound = bindRequiredArguments(document);
  const entered = addEntryFields(bound.supergraph);
  const readTypes = readSubgraphTypes(entered.supergraph);
  const typesByDraw = new Map<number, SubgraphTypes>();
  const typesFor = (draw: number): SubgraphTypes => {
    const types = typesByDraw.get(draw) ?? readTypes((label) => overrides.isActive(label, draw));
    typesByDraw.set(draw, types);
    return types;
  };
  return {
    sdl: entered.supergraph === document ? sdl : print(entered.supergraph),
    types: typesFor(0),
    typesFor,
    overrides,
    boundFields: bound.fields,
    entryFields: entered.fields,
    fieldNames: readFieldNames(entered.supergraph),
    requiredNames: readRequiredNames(document),
    groupFields: readGroupFields(document),
    forwardedDirectives: readForwardedDirectives(document),
  };
}

function readGroupFields(document: DocumentNode): PlanningSupergraph['groupFields'] {
  const names = document.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (node.fields ?? []).flatMap((field) =>
          applicationsOf(field, 'gather')[0]?.by === 'GROUP' ? [field.name.value] : [],
        )
      : [],
  );
  const keyed = [...readDimensionKeys(document).values()].flatMap((keys) => [...keys.keys()]);
  return { names: new Set(names), keyedDimensions: new Set(keyed) };
}

function readRequiredNames({ definitions }: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { requires } of (node.fields ?? []).flatMap((field) => applicationsOf(field, 'join__field'))) {
      if (requires !== undefined) for (const name of fieldNamesIn(String(requires))) names.add(name);
    }
  }
  return names;
}
