/** Modules of plugins for Apollo Server, as configuration names them → plugins. */
import { pathToFileURL } from 'node:url';
import type { ApolloServerPlugin } from '@apollo/server';
import type { QueryContext } from './query-context.ts';

export type QueryPlugin = ApolloServerPlugin<QueryContext>;

const HOOKS: readonly (keyof QueryPlugin)[] = [
  'serverWillStart',
  'requestDidStart',
  'unexpectedErrorProcessingRequest',
  'contextCreationDidFail',
  'invalidRequestWasReceived',
  'startupDidFail',
];

/** A module exports a plugin, or a list of them, as `default`. Throws an `Error` that names the file. */
export async function loadPlugins(files: readonly string[]): Promise<readonly QueryPlugin[]> {
  const plugins = await Promise.all(files.map(loadModule));
  return plugins.flat();
}

async function loadModule(file: string): Promise<readonly QueryPlugin[]> {
  const module = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new Error(`The plugin ${file} cannot be loaded: ${(cause as Error).message}`, { cause });
  });
  const exported: unknown = (module as { readonly default?: unknown }).default;
  const plugins: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (plugins.length > 0 && plugins.every(isPlugin)) return plugins;
  throw new Error(
    `The plugin ${file} must export by default a plugin of Apollo Server, or a list of them, with one of ${HOOKS.join(', ')}.`,
  );
}

function isPlugin(value: unknown): value is QueryPlugin {
  if (typeof value !== 'object' || value === null) return false;
  return HOOKS.some((hook) => typeof Reflect.get(value, hook) === 'function');
}
