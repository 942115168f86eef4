/** API schema → one schema for each audience, with what the audience may know and nothing else. */
import { applicationsOf, attachScalars, type GraphQLScalars } from '@yiwang/schema';
import { DEFAULT_DATA_CLASS, dataClassOf } from '@yiwang/schema/sdl';
import {
  type ASTNode,
  buildASTSchema,
  type DirectiveDefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  type TypeNode,
  visit,
} from 'graphql';
import type { Dimensions } from '../../model/supergraph/supergraph-rules.ts';
import type { View } from '../../model/validated-operation.ts';
import type { ApiSchema } from './api-schema.ts';
import { ALLOW_ALL, createClassFilter } from './field-filter.ts';
import { makeDefaultsPrintable } from './printable-defaults.ts';
import { type FieldFilter, pruneTypes } from './prune-types.ts';

export interface ViewRule {
  readonly name: string;
  /** The data classes that are shown; undefined: all. */
  readonly classes: readonly string[] | undefined;
}

export interface Views {
  /** Throws an `Error` for a name without a view. */
  view(name: string): View;
  readonly all: readonly View[];
  /** The data class of a field; `INTERNAL` for one that names none. */
  classOf(type: string, field: string): string;
  /** What statistics are grouped by. Admission prices them by it. */
  readonly dimensions: Dimensions;
}

/** Directives of GraphQL itself. */
const SPECIFIED_DIRECTIVES = new Set(['deprecated', 'specifiedBy', 'oneOf']);

/** Throws an `Error` if a rule shows no query field. */
export function createViews(api: ApiSchema, rules: readonly ViewRule[], scalars: GraphQLScalars = {}): Views {
  const views = new Map(
    rules.map((rule) => [rule.name, { name: rule.name, schema: buildViewSchema(api, rule, scalars) }]),
  );
  const classes = classesOf(api);
  return {
    view(name) {
      const view = views.get(name);
      if (view === undefined) throw new Error(`There is no view of the name "${name}".`);
      return view;
    },
    all: [...views.values()],
    classOf: (type, field) => classes.get(`${type}.${field}`) ?? DEFAULT_DATA_CLASS,
    dimensions: dimensionsOf(api),
  };
}

function buildViewSchema(api: ApiSchema, rule: ViewRule, scalars: GraphQLScalars): GraphQLSchema {
  const roots = [...api.roots.map((root) => root.type), ...api.directives.flatMap(argumentTypesOf)];
  const types = pruneTypes(api.types, roots, filterOf(rule));
  const visibleTypes = new Set(types.map((type) => type.name.value));
  const operationTypes = api.roots
    .filter((root) => visibleTypes.has(root.type))
    .map(({ operation, type }) => ({
      kind: Kind.OPERATION_TYPE_DEFINITION as const,
      operation: operation as OperationTypeNode,
      type: { kind: Kind.NAMED_TYPE as const, name: { kind: Kind.NAME as const, value: type } },
    }));
  if (!operationTypes.some((root) => root.operation === OperationTypeNode.QUERY)) {
    throw new Error(`The view "${rule.name}" of the supergraph has no query field.`);
  }
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [{ kind: Kind.SCHEMA_DEFINITION, operationTypes }, ...withDefer(api.directives), ...types],
  };
  const schema = attachScalars(buildASTSchema(stripDirectives(document)), scalars);
  makeDefaultsPrintable(schema);
  return schema;
}

/** `@defer` as clients of today write it. It replaces a supergraph's own directive of this name. */
const DEFER = parse('directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT', {
  noLocation: true,
}).definitions[0] as DirectiveDefinitionNode;

function withDefer(directives: readonly DirectiveDefinitionNode[]): DirectiveDefinitionNode[] {
  return [...directives.filter(({ name }) => name.value !== DEFER.name.value), DEFER];
}

function argumentTypesOf(directive: DirectiveDefinitionNode): string[] {
  return (directive.arguments ?? []).map(({ type }) => nameOf(type));
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

function filterOf({ classes }: ViewRule): FieldFilter {
  return classes === undefined ? ALLOW_ALL : createClassFilter(new Set(classes));
}

/** Drops applied directives of policy and composition, which are not for clients. */
export function stripDirectives(document: DocumentNode): DocumentNode {
  const executable = new Set(
    document.definitions.flatMap((node) => (node.kind === Kind.DIRECTIVE_DEFINITION ? [node.name.value] : [])),
  );
  return visit(document, {
    Directive: (node): ASTNode | null | undefined =>
      SPECIFIED_DIRECTIVES.has(node.name.value) || executable.has(node.name.value) ? undefined : null,
  });
}

function classesOf(api: ApiSchema): ReadonlyMap<string, string> {
  const classes = new Map<string, string>();
  for (const type of api.types) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      classes.set(`${type.name.value}.${field.name.value}`, dataClassOf(field) ?? DEFAULT_DATA_CLASS);
    }
  }
  return classes;
}

function dimensionsOf({ types }: ApiSchema): Dimensions {
  const dimensions = new Map<string, ReadonlyMap<string, number>>();
  for (const type of types) {
    if (type.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    const sizes = (type.values ?? []).flatMap((value): [string, number][] => {
      const about = applicationsOf(value, 'groups')[0]?.about;
      return typeof about === 'number' ? [[value.name.value, about]] : [];
    });
    if (sizes.length > 0) dimensions.set(type.name.value, new Map(sizes));
  }
  return dimensions;
}
