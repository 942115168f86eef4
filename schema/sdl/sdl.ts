/** The schema of a subgraph module: its file, completed from the shared definitions that it refers to. */
import { readFileSync } from 'node:fs';
import { type DefinitionNode, type DocumentNode, Kind, type ObjectTypeDefinitionNode, parse, visit } from 'graphql';
import { addWithinAny } from './within-any.ts';

const SHARED_FILE = new URL('./graphql/common.graphql', import.meta.url);
const DIRECTIVES_FILE = new URL('./graphql/directives.graphql', import.meta.url);

type Named = Extract<DefinitionNode, { name?: unknown }> & { readonly name: { readonly value: string } };

export function readDocument(file: URL): DocumentNode {
  return parse(readFileSync(file, 'utf8'), { noLocation: true });
}

/**
 * The definitions of the module and the shared ones that they reach. The module's win over shared ones. Fields that take
 * a division take several.
 */
export function completeSdl(module: DocumentNode): DocumentNode {
  const own = addWithinAny(module);
  const available = new Map(definitionsOf(readDocument(SHARED_FILE)));
  for (const [name, definition] of definitionsOf(own)) available.set(name, definition);
  const roots = definitionsOf(own).map(([name]) => name);
  return { kind: Kind.DOCUMENT, definitions: reachableDefinitions(available, roots) };
}

/** The definitions of the standard's directives and of the enums in their arguments. */
export function readDirectiveDefinitions(): DocumentNode {
  return readDocument(DIRECTIVES_FILE);
}

/** Merges documents: definitions by name, their fields by name. The first of a name wins. */
export function mergeSdl(documents: readonly DocumentNode[]): DocumentNode {
  const merged = new Map<string, DefinitionNode>();
  for (const document of documents) {
    for (const definition of document.definitions) {
      const name = nameOf(definition) ?? `schema ${merged.size}`;
      const earlier = merged.get(name);
      merged.set(name, earlier ? mergeDefinitions(earlier, definition) : definition);
    }
  }
  return { kind: Kind.DOCUMENT, definitions: [...merged.values()] };
}

/** The definitions that can be reached from the roots, in the order in which they are found. */
export function reachableDefinitions(
  available: ReadonlyMap<string, DefinitionNode>,
  roots: readonly string[],
): DefinitionNode[] {
  const definitions = new Map<string, DefinitionNode>();
  // The set grows while it is walked. A queue that shifts takes quadratic time, and platforms send texts of any length.
  const names = new Set(roots);
  for (const name of names) {
    const definition = available.get(name);
    if (!definition) continue;
    definitions.set(name, definition);
    visit(definition, {
      NamedType: (node) => {
        names.add(node.name.value);
      },
    });
  }
  return [...definitions.values()];
}

export function definitionsOf(document: DocumentNode): [string, DefinitionNode][] {
  return document.definitions.flatMap((definition): [string, DefinitionNode][] => {
    const name = nameOf(definition);
    return name === undefined ? [] : [[name, definition]];
  });
}

function nameOf(definition: DefinitionNode): string | undefined {
  if (!('name' in definition) || !definition.name) return undefined;
  const name = (definition as Named).name.value;
  return definition.kind === Kind.DIRECTIVE_DEFINITION ? `@${name}` : name;
}

function mergeDefinitions(a: DefinitionNode, b: DefinitionNode): DefinitionNode {
  if (a.kind !== b.kind) throw new Error(`"${nameOf(a)}" is defined as a ${a.kind} and as a ${b.kind}`);
  if (a.kind !== Kind.OBJECT_TYPE_DEFINITION) return a;
  const other = b as ObjectTypeDefinitionNode;
  return {
    ...a,
    directives: mergeByName(a.directives ?? [], other.directives ?? []),
    fields: mergeByName(a.fields ?? [], other.fields ?? []),
  };
}

function mergeByName<T extends { readonly name: { readonly value: string } }>(a: readonly T[], b: readonly T[]): T[] {
  const names = new Set(a.map((node) => node.name.value));
  return [...a, ...b.filter((node) => !names.has(node.name.value))];
}
