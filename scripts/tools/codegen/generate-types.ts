/** Schema → TypeScript, by graphql-codegen and its plugins. */
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, type DocumentNode } from 'graphql';

export type Plugin = Parameters<typeof codegen>[0]['pluginMap'][string];

export interface TypeGeneration {
  readonly document: DocumentNode;
  /** Plugins by name, in the order of their output. */
  readonly plugins: Readonly<Record<string, Plugin>>;
  /** Options besides those that all generated types share. */
  readonly config: Readonly<Record<string, unknown>>;
}

const COMMON_CONFIG = {
  enumsAsTypes: true,
  immutableTypes: true,
  skipTypename: true,
  strictScalars: true,
  useTypeImports: true,
};

export function generateTypes({ document, plugins, config }: TypeGeneration): Promise<string> {
  return codegen({
    schema: document,
    schemaAst: buildASTSchema(document, { assumeValidSDL: true }),
    documents: [],
    filename: 'schema.ts',
    plugins: Object.keys(plugins).map((name) => ({ [name]: {} })),
    pluginMap: plugins,
    config: { ...COMMON_CONFIG, ...config },
  });
}
