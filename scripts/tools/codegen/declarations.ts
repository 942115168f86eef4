/** Generated TypeScript → the declarations that are reachable from given ones. */

const DECLARATION = /^export (?:type|interface) (\w+)/;
const COMMENT = /^\/\*\*.*\*\/$/;

/**
 * Keeps the declarations that are reachable from the roots, in their order. Removes imports and comments between declarations.
 * Throws an `Error` for a root that does not exist.
 */
export function keepReachable(text: string, roots: readonly string[]): string {
  const declarations = split(text);
  const reachable = new Set<string>();
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const declaration = declarations.get(name);
    if (declaration === undefined && roots.includes(name)) throw new Error(`There is no declaration of ${name}`);
    if (declaration === undefined || reachable.has(name)) continue;
    reachable.add(name);
    queue.push(...typesIn(declaration).filter((type) => declarations.has(type)));
  }
  return `${[...declarations].flatMap(([name, body]) => (reachable.has(name) ? [body] : [])).join('\n\n')}\n`;
}

/** Identifiers that are neither in strings nor names of properties. */
function typesIn(declaration: string): readonly string[] {
  return declaration.replace(/'[^']*'|\w+\??:/g, '').match(/\w+/g) ?? [];
}

function split(text: string): ReadonlyMap<string, string> {
  const declarations = new Map<string, string>();
  let name: string | undefined;
  for (const line of text.split('\n')) {
    const start = DECLARATION.exec(line)?.[1];
    if (start !== undefined) name = start;
    else if (line.startsWith('import ') || COMMENT.test(line)) name = undefined;
    if (name === undefined) continue;
    declarations.set(name, start === undefined ? `${declarations.get(name)}\n${line}` : line);
  }
  return new Map([...declarations].map(([each, body]) => [each, body.trimEnd()]));
}
