/** Subgraph modules → types of their resolvers, one generated file each. */
import { readFileSync } from 'node:fs';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { argumentOf, directiveOf } from '@yiwang/schema';
import { completeSdl, definitionsOf, readDocument } from '@yiwang/schema/sdl';
import { type DocumentNode, Kind, visit } from 'graphql';
import { folderOf, SUBGRAPH_NAMES } from '../subgraph-files.ts';
import { keepReachable } from './declarations.ts';
import * as entities from './entities.ts';
import { generateTypes } from './generate-types.ts';
import { scalarTypes } from './scalar-types.ts';

const ROOT = new URL('../../../', import.meta.url);

/** A folder with `schema.graphql`, `mappers.ts` and `loaders.ts`. */
export interface SubgraphModule {
  readonly name: string;
  readonly folder: string;
  /** The type of its loaders, exported by `loaders.ts`. */
  readonly loaders: string;
}

export const SUBGRAPH_MODULES: readonly SubgraphModule[] = SUBGRAPH_NAMES.map((name) => ({
  name,
  folder: folderOf(name),
  loaders: `${name[0]!.toUpperCase()}${name.slice(1)}Loaders`,
}));

/** Generates `ModuleResolvers`, the type of the module's resolvers, and the types of arguments, inputs and enums that it uses. */
export async function createResolverTypes({ name, folder, loaders }: SubgraphModule): Promise<string> {
  const own = readDocument(new URL(`${folder}/schema.graphql`, ROOT));
  const document = withoutPolicies(completeSdl(own));
  const mappers = readMappers(new URL(`${folder}/mappers.ts`, ROOT));
  const generated = await generateTypes({
    document,
    plugins: { typescript, resolvers, entities },
    config: {
      scalars: scalarTypes(document, { DateTime: { input: 'string', output: 'Date | string' } }),
      contextType: `Context<${loaders}>`,
      mappers: Object.fromEntries(mappers.map((type) => [type, `Mappers['${type}']`])),
      // The parser fills in defaults, so that resolvers always get a value.
      avoidOptionals: { defaultValue: true },
      makeResolverTypeCallable: true,
      disableDescriptions: true,
      entities: entitiesOf(own),
    },
  });
  const types = keepReachable(corrected(generated), ['ModuleResolvers']);
  const shared = types.includes('?: Within;') ? 'Context, RequiredResolvers, Within' : 'Context, RequiredResolvers';
  return [
    `/** Types of the ${name} subgraph's resolvers, made from its schema. */`,
    "import type { GraphQLResolveInfo } from 'graphql';",
    `import type { ${shared} } from '@yiwang/platform';`,
    `import type { ${loaders} } from '../loaders.ts';`,
    "import type { Mappers } from '../mappers.ts';",
    '',
    types,
  ].join('\n');
}

/**
 * Scalars have their resolvers elsewhere. An explicit `null` reaches the resolver in spite of a default. A platform joins
 * `within` and `withinAny` for its resolvers.
 */
function corrected(generated: string): string {
  return generated
    .replace(/^ {2}\w+\?: GraphQLScalarType;\n/gm, '')
    .replace('-?: NonNullable<T[P]>', '-?: T[P]')
    .replace(/^( {2}within\?): .*;\n {2}withinAny\?: .*;$/gm, '$1: Within;');
}

/** The types that `mappers.ts` names, each on a line of its own. */
function readMappers(file: URL): readonly string[] {
  const [, body] = /export interface Mappers \{\n(.*?)\n\}/s.exec(readFileSync(file, 'utf8')) ?? [];
  if (body === undefined) throw new Error(`${file.pathname} has no "export interface Mappers"`);
  return [...body.matchAll(/^ {2}readonly (\w+):/gm)].map(([, type]) => type!);
}

/** The entities that the module defines itself. */
function entitiesOf(own: DocumentNode): Readonly<Record<string, entities.EntityFields>> {
  return Object.fromEntries(
    definitionsOf(own).flatMap(([name, definition]): [string, entities.EntityFields][] => {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
      const fields = argumentOf(directiveOf(definition, 'key'), 'fields');
      if (typeof fields !== 'string') return [];
      const external = (definition.fields ?? []).filter((field) => directiveOf(field, 'external'));
      return [[name, { key: fields.split(' '), external: external.map((field) => field.name.value) }]];
    }),
  );
}

function withoutPolicies(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: () => null });
}
