/** The subgraphs' schemas → the catalogue: a data set for each type of row, a field for each coordinate below it. */
import {
  argumentOf,
  DATA_CLASSES,
  type DataClass,
  type DirectedNode,
  directiveOf,
  hasDirective,
  type Sharing,
  sharingOf,
} from '@yiwang/schema';
import { completeSdl } from '@yiwang/schema/sdl';
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { readSubgraph } from '../../../tools/subgraph-files.ts';
import type { CopyValue } from '../copy.ts';
import { HUBEI_HOUSING, MINISTRY } from '../departments/upper-departments.ts';
import { officeCode } from '../municipal/offices/departments.ts';
import type { OfficeKind } from '../municipal/offices/offices.ts';
import { catalogueText } from './catalogue-texts.ts';

export const ENTRY_COLUMNS = ['id', 'title', 'summary', 'provider', 'sharing', 'update_frequency'] as const;
export const FIELD_COLUMNS = ['entry', 'ordinal', 'coordinate', 'data_class', 'sharing', 'condition'] as const;
export type EntryRow = Readonly<Record<(typeof ENTRY_COLUMNS)[number], CopyValue>>;
export type FieldRow = Readonly<Record<(typeof FIELD_COLUMNS)[number], CopyValue>>;

/** Every subgraph that holds data sets. One that two of them share is listed under the first. */
const SOURCES = ['national', 'provincial', 'supervision', 'departments', 'hotline', 'municipal'];

/** The lead provider of what cities hold: its offices have their rows on a platform of the demo network. */
const PROVIDER_DIVISION = '110000';

/** The ministry and a province provide what their own platforms hold. */
function providerOf(subgraph: string, office: OfficeKind): string {
  if (subgraph === 'national') return MINISTRY;
  return subgraph === 'provincial' ? HUBEI_HOUSING : officeCode(office, PROVIDER_DIVISION);
}

const SHARING_ORDER: readonly Sharing[] = ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED'];
const CONDITIONS: Readonly<Record<DataClass, string>> = {
  OPEN: '无条件',
  SHARED: '因履行职责需要，按批准的用途、范围和期限使用',
  INTERNAL: '《中华人民共和国数据安全法》第三十八条：履行法定职责中知悉的数据依法保密',
  AUDIT: '《中华人民共和国网络安全法》第二十一条：网络日志依法留存，仅供审计',
  SENSITIVE: '《中华人民共和国个人信息保护法》第六条、第三十四条：不得超出履行法定职责所必需的范围和限度',
};

export function catalogueRows(): { entries: EntryRow[]; fields: FieldRow[] } {
  const fields: FieldRow[] = [];
  const listed = new Set<string>();
  const entries = SOURCES.flatMap((subgraph) => {
    const types = objectTypes(completeSdl(readSubgraph(subgraph)));
    const rowTypes = rowTypesOf(types).filter(({ name }) => !listed.has(name.value));
    for (const { name } of rowTypes) listed.add(name.value);
    return rowTypes.map((type): EntryRow => {
      const id = `${subgraph}/${type.name.value}`;
      const own = coordinatesOf(type, types, new Set(rowTypes.map((row) => row.name.value))).map(
        ({ coordinate, dataClass }, index) => fieldRow(id, index + 1, { coordinate, dataClass }),
      );
      fields.push(...own);
      const { title, summary, provider, frequency } = catalogueText(id);
      return {
        id,
        title,
        summary,
        provider: providerOf(subgraph, provider),
        sharing: SHARING_ORDER.find((word) => own.some((row) => row.sharing === word)) ?? 'NOT_SHARED',
        update_frequency: frequency,
      };
    });
  });
  return { entries, fields };
}

interface Coordinate {
  readonly coordinate: string;
  readonly dataClass: DataClass;
}

function fieldRow(entry: string, ordinal: number, { coordinate, dataClass }: Coordinate): FieldRow {
  const sharing = sharingOf(dataClass);
  return { entry, ordinal, coordinate, data_class: dataClass, sharing, condition: CONDITIONS[dataClass] };
}

function objectTypes(document: DocumentNode): ReadonlyMap<string, ObjectTypeDefinitionNode> {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
}

/** What the root fields give, a connection's nodes for the connection. */
function rowTypesOf(types: ReadonlyMap<string, ObjectTypeDefinitionNode>): readonly ObjectTypeDefinitionNode[] {
  const rowTypes = (types.get('Query')?.fields ?? []).flatMap(({ type }) => {
    const named = types.get(nameOf(type));
    const nodes = named?.fields?.find((field) => field.name.value === 'nodes');
    return (nodes ? types.get(nameOf(nodes.type)) : named) ?? [];
  });
  return [...new Set(rowTypes)];
}

/** The type's own fields; a field of a plain value type is followed by that type's fields. */
function coordinatesOf(
  type: ObjectTypeDefinitionNode,
  types: ReadonlyMap<string, ObjectTypeDefinitionNode>,
  seen: Set<string>,
): readonly Coordinate[] {
  return (type.fields ?? []).flatMap((field) => {
    const own = { coordinate: `${type.name.value}.${field.name.value}`, dataClass: classOf(type, field) };
    const value = types.get(nameOf(field.type));
    const isConnection = value?.fields?.some(({ name }) => name.value === 'pageInfo') ?? false;
    if (value === undefined || isConnection || isEntity(value) || seen.has(value.name.value)) return [own];
    seen.add(value.name.value);
    return [own, ...coordinatesOf(value, types, seen)];
  });
}

function isEntity(type: ObjectTypeDefinitionNode): boolean {
  return hasDirective(type, 'key');
}

function classOf(type: ObjectTypeDefinitionNode, field: FieldDefinitionNode): DataClass {
  const dataClass = classIn(field) ?? classIn(type);
  if (!dataClass) throw new Error(`${type.name.value}.${field.name.value} has no data class`);
  return dataClass;
}

function classIn(node: DirectedNode): DataClass | undefined {
  const dataClass = argumentOf(directiveOf(node, 'classified'), 'as');
  return DATA_CLASSES.find((each) => each === dataClass);
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
