/** The types of rows in the graph, with all their fields and the class of each. */
import type { DataClass } from '@yiwang/schema';
import { completeSdl, dataClassesIn, definitionsOf, mergeSdl } from '@yiwang/schema/sdl';
import { type FieldDefinitionNode, Kind, type TypeDefinitionNode } from 'graphql';
import { readSubgraph, SUBGRAPH_NAMES } from '../subgraph-files.ts';

export interface GraphField {
  readonly name: string;
  readonly dataClass: DataClass;
  readonly definition: FieldDefinitionNode;
}

export interface GraphType {
  readonly name: string;
  readonly description: string;
  readonly definition: Extract<TypeDefinitionNode, { kind: Kind.OBJECT_TYPE_DEFINITION }>;
  readonly fields: readonly GraphField[];
}

/** Of requests and pages, and not of data. */
const NO_DATA = /^(?:Query|PageInfo|Me)$|(?:Connection|Edge)$/;

export function readWholeSchema() {
  return mergeSdl(SUBGRAPH_NAMES.map((name) => completeSdl(readSubgraph(name))));
}

/** In the order of the subgraphs. */
export function graphTypes(): readonly GraphType[] {
  const whole = readWholeSchema();
  const classes = dataClassesIn(whole);
  return definitionsOf(whole).flatMap(([name, definition]): GraphType[] => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || NO_DATA.test(name)) return [];
    const fields = (definition.fields ?? []).map((field) => ({
      name: field.name.value,
      // Composition refuses a field without a class.
      dataClass: classes.get(`${name}.${field.name.value}`) as DataClass,
      definition: field,
    }));
    return [{ name, description: definition.description?.value ?? '', definition, fields }];
  });
}
