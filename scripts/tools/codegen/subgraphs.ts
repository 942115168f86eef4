/** The subgraph modules → the types of their resolvers, one generated file each. */
import { readFileSync } from 'node:fs';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { completeSdl, definitionsOf, readDocument } from '@yiwang/schema/sdl/sdl.ts';
import { type DirectiveNode, type DocumentNode, Kind, visit } from 'graphql';
import { keepReachable } from './declarations.ts';
import * as entities from './entities.ts';
import { generateTypes } from './generate-types.ts';
import { scalarTypes } from './scalar-types.ts';

const ROOT = new URL('../../../', import.meta.url);

/** A folder with `schema.graphql`, `parents.ts` and `loaders.ts`. */
export interface SubgraphModule {
  readonly name: string;
  readonly folder: string;
  /** The type of its loaders, exported by `loaders.ts`. */
  readonly loaders: string;
  /** Where its generated file finds the kit's types. */
  readonly kit: readonly string[];
}

const KIT = ["{ Context, Needed } from '@yiwang/platform'"];

export const SUBGRAPH_MODULES: readonly SubgraphModule[] = [
  { name: 'national', folder: 'subgraphs/national', loaders: 'NationalLoaders', kit: KIT },
  { name: 'provincial', folder: 'subgraphs/provincial', loaders: 'ProvincialLoaders', kit: KIT },
  {
    name: 'supervision',
    folder: 'subgraphs/platform/supervision',
    loaders: 'SupervisionLoaders',
    kit: ["{ Context } from '../../module.ts'", "{ Needed } from '../../resolver-types.ts'"],
  },
  { name: 'municipal', folder: 'subgraphs/municipal', loaders: 'MunicipalLoaders', kit: KIT },
  { name: 'exchange', folder: 'subgraphs/exchange', loaders: 'ExchangeLoaders', kit: KIT },
];

/** What the module's resolvers must be: `ModuleResolvers`, with the types of arguments, inputs and enums that they take. */
export async function createResolverTypes({ name, folder, loaders, kit }: SubgraphModule): Promise<string> {
  const own = readDocument(new URL(`${folder}/schema.graphql`, ROOT));
  const document = withoutPolicies(completeSdl(own));
  const parents = readParents(new URL(`${folder}/parents.ts`, ROOT));
  const generated = await generateTypes({
    document,
    plugins: { typescript, resolvers, entities },
    config: {
      scalars: scalarTypes(document, { DateTime: { input: 'string', output: 'Date | string' } }),
      contextType: `Context<${loaders}>`,
      mappers: Object.fromEntries(parents.map((type) => [type, `Parents['${type}']`])),
      // The parser fills in defaults, so that a resolver always finds them.
      avoidOptionals: { defaultValue: true },
      makeResolverTypeCallable: true,
      disableDescriptions: true,
      entities: keysOf(own),
    },
  });
  return [
    `/** Types of the ${name} subgraph's resolvers, made from its schema. */`,
    "import type { GraphQLResolveInfo } from 'graphql';",
    ...kit.map((line) => `import type ${line};`),
    `import type { ${loaders} } from '../loaders.ts';`,
    "import type { Parents } from '../parents.ts';",
    '',
    keepReachable(corrected(generated), ['ModuleResolvers']),
  ].join('\n');
}

/** Scalars are the kit's; and a `null` that a client writes out does reach the resolver in spite of a default. */
function corrected(generated: string): string {
  return generated.replace(/^ {2}\w+\?: GraphQLScalarType;\n/gm, '').replace('-?: NonNullable<T[P]>', '-?: T[P]');
}

/** The types that `parents.ts` names, each on a line of its own. */
function readParents(file: URL): readonly string[] {
  const [, body] = /export interface Parents \{\n(.*?)\n\}/s.exec(readFileSync(file, 'utf8')) ?? [];
  if (body === undefined) throw new Error(`${file.pathname} has no "export interface Parents"`);
  return [...body.matchAll(/^ {2}readonly (\w+):/gm)].map(([, type]) => type!);
}

/** The key fields of the entities that the module defines itself. */
function keysOf(own: DocumentNode): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    definitionsOf(own).flatMap(([name, definition]): [string, string[]][] => {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
      const key = definition.directives?.find((directive) => directive.name.value === 'key');
      return key ? [[name, fieldsOf(key)]] : [];
    }),
  );
}

function fieldsOf(key: DirectiveNode): string[] {
  const fields = key.arguments?.find((argument) => argument.name.value === 'fields')?.value;
  return fields?.kind === Kind.STRING ? fields.value.split(' ') : [];
}

function withoutPolicies(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: () => null });
}
