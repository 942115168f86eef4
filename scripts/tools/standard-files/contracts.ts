/** The standard → a contract document for each data set, in the Open Data Contract Standard 3.1 (Bitol). */
import { entityTerms, type FieldTerms } from '@yiwang/schema';
import { type EntityRule, entityRules, nestedEntities, ruledEntities } from '@yiwang/schema/rules';
import { codeList, codeLists, codesOf, standardVersion } from '@yiwang/schema/standard';
import { Kind, print, type TypeNode } from 'graphql';
import { stringify } from 'yaml';
import { type GraphField, type GraphType, graphTypes } from '../standard/graph-types.ts';

const API_VERSION = 'v3.1.0';
const HEAD = `# Made by scripts/tools/standard-files/generate.ts of the standard: change schema/data, and generate it anew.\n`;

/** Types whose rows have a key of their own. */
export function dataSets(): readonly GraphType[] {
  return graphTypes().filter(({ name }) => ruledEntities().includes(name) && KEYS[name] !== undefined);
}

/** By data set, the fields that tell its rows apart. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  Division: ['code'],
  Category: ['code'],
  Case: ['id'],
  Request: ['id'],
  Component: ['code'],
  GridCell: ['code'],
  Department: ['code'],
  Officer: ['id'],
  Facility: ['id'],
  MonitoringPoint: ['id'],
  Alarm: ['id'],
  EnforcementCase: ['id'],
  PropertyCompany: ['code', 'division'],
  SupervisionOrder: ['id'],
  Inspection: ['id'],
  PeriodicReport: ['id'],
  Evaluation: ['scheme', 'key'],
};

/** YAML. */
export function createContract(type: GraphType): string {
  const { name } = type;
  const terms = entityTerms().get(name)!;
  const objects = [type, ...nestedTypes(name)].map(createObject);
  const contract = {
    apiVersion: API_VERSION,
    kind: 'DataContract',
    id: `yiwang-${name}`,
    name: terms.name,
    version: standardVersion(),
    status: 'active',
    domain: '城市运行管理',
    dataProduct: '一网城市运行管理数据标准',
    description: {
      purpose: type.description,
      usage: `The graph serves it as type ${name}; npx yiwang validate --type ${name} checks rows of it.`,
      limitations: limitationsOf([...terms.fields.values()]),
    },
    schema: objects,
    authoritativeDefinitions: [
      { url: `docs/standard-entities.md#${name.toLowerCase()}`, type: 'businessDefinition' },
      { url: `schema/data/rules/${name}.json`, type: 'implementation' },
    ],
  };
  return HEAD + stringify(contract, { lineWidth: 0 });
}

/** The types of objects below it that have rules, each once. */
function nestedTypes(entity: string): GraphType[] {
  const names = new Set<string>();
  const visit = (name: string): void => {
    for (const nested of Object.values(nestedEntities(name))) {
      if (names.has(nested)) continue;
      names.add(nested);
      visit(nested);
    }
  };
  visit(entity);
  names.delete(entity);
  return graphTypes().filter(({ name }) => names.has(name));
}

function limitationsOf(fields: readonly FieldTerms[]): string {
  const terms = fields.filter(({ sharing }) => sharing !== 'UNCONDITIONAL').map(({ sharingTerm }) => sharingTerm);
  const texts = new Set(terms.map(({ text, basis }) => `${text}（${basis}）`));
  return texts.size === 0 ? '无条件' : [...texts].join('；');
}

function createObject(type: GraphType): object {
  const { name, description, fields } = type;
  const terms = entityTerms().get(name)!;
  const rules = entityRules(name);
  const ofFields = new Set(rules.filter(isAboutFields));
  return {
    id: name,
    name,
    businessName: terms.name,
    logicalType: 'object',
    physicalType: 'GraphQL type',
    description,
    properties: fields.map((field) =>
      createProperty(field, {
        terms: terms.fields.get(field.name)!,
        key: KEYS[name] ?? [],
        rules: [...ofFields].filter((rule) => rule.fields.some((path) => path.split('.')[0] === field.name)),
        coordinate: `${name}.${field.name}`,
      }),
    ),
    quality: rules.filter((rule) => !ofFields.has(rule)).map(createQuality),
  };
}

const ABOUT_FIELDS = ['required', 'format', 'length', 'range', 'list', 'code', 'division', 'category', 'unique'];

/** A rule about several fields at once is one about the object. */
function isAboutFields({ kind, fields }: EntityRule): boolean {
  return ABOUT_FIELDS.includes(kind) && (kind !== 'unique' || fields.length === 1);
}

interface PropertyContext {
  readonly terms: FieldTerms;
  readonly key: readonly string[];
  readonly rules: readonly EntityRule[];
  readonly coordinate: string;
}

function createProperty({ name, dataClass, definition }: GraphField, context: PropertyContext): object {
  const { terms, key, rules, coordinate } = context;
  const position = key.indexOf(name) + 1;
  const isRequired = rules.some(({ kind, when }) => kind === 'required' && when === null);
  return {
    name,
    businessName: terms.name,
    ...(position > 0 ? { primaryKey: true, primaryKeyPosition: position } : {}),
    logicalType: logicalTypeOf(definition.type),
    physicalType: print(definition.type),
    ...(isList(definition.type) ? { items: { logicalType: logicalTypeOf(itemOf(definition.type)) } } : {}),
    required: isRequired || definition.type.kind === Kind.NON_NULL_TYPE,
    ...(rules.some(({ kind }) => kind === 'unique') ? { unique: true } : {}),
    classification: dataClass,
    ...(definition.description === undefined ? {} : { description: definition.description.value }),
    customProperties: customProperties(terms, codesOfField(coordinate, definition.type)),
    ...(rules.length === 0 ? {} : { quality: rules.map(createQuality) }),
  };
}

function customProperties(terms: FieldTerms, codes: readonly string[]): object[] {
  const { sharing, sharingTerm, opening, openingTerm, grade } = terms;
  const values: Record<string, unknown> = {
    sharing,
    sharingTerm: `${sharingTerm.text}（${sharingTerm.basis}）`,
    opening,
    ...(openingTerm === null ? {} : { openingTerm: `${openingTerm.text}（${openingTerm.basis}）` }),
    grade,
    ...(codes.length === 0 ? {} : { codes }),
  };
  return Object.entries(values).map(([property, value]) => ({ property, value }));
}

/** The codes of an enumeration, or of the list that a text takes its values from. */
function codesOfField(coordinate: string, type: TypeNode): readonly string[] {
  const id = codeList(nameOf(type))?.id ?? codeLists().find(({ fields }) => fields.includes(coordinate))?.id;
  return id === undefined ? [] : codesOf(id, standardVersion());
}

const DIMENSIONS: Readonly<Record<EntityRule['kind'], string>> = {
  ...{ required: 'completeness', together: 'completeness', oneOf: 'completeness', unique: 'uniqueness' },
  ...{ format: 'conformity', length: 'conformity', range: 'conformity', list: 'conformity', code: 'conformity' },
  ...{ division: 'accuracy', category: 'accuracy', box: 'accuracy' },
  ...{ order: 'consistency', ascending: 'consistency', parts: 'consistency', rates: 'consistency' },
  reference: 'consistency',
};

function createQuality({
  id,
  name,
  message,
  kind,
  severity,
  fields,
  basis,
  since,
  gate,
  certainty,
}: EntityRule): object {
  return {
    id,
    name,
    type: 'text',
    description: `${message}.`,
    dimension: DIMENSIONS[kind],
    severity: severity.toLowerCase(),
    customProperties: Object.entries({ kind, fields, basis, since, gate, certainty }).map(([property, value]) => ({
      property,
      value,
    })),
  };
}

const LOGICAL_TYPES: Readonly<Record<string, string>> = {
  Int: 'integer',
  Float: 'number',
  Longitude: 'number',
  Latitude: 'number',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'timestamp',
};
const OBJECTS = new Set(graphTypes().map(({ name }) => name));

function logicalTypeOf(type: TypeNode): string {
  if (isList(type)) return 'array';
  const name = nameOf(type);
  return LOGICAL_TYPES[name] ?? (OBJECTS.has(name) || name.endsWith('Connection') ? 'object' : 'string');
}

function isList(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;
}

function itemOf(type: TypeNode): TypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : type.kind === Kind.LIST_TYPE ? type.type : itemOf(type.type);
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
