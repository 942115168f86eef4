/** Circles between the members of a folder, its files and subfolders: none of them can be read, tested or moved alone. */

/** Path of a file → the files of the project that it imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

interface FileImport {
  readonly from: string;
  readonly to: string;
}

/** Each member imports from the next one, and the last from the first. */
export interface FolderCircle {
  /** Files and subfolders of one folder; a subfolder ends with a slash and stands for all below it. */
  readonly members: readonly string[];
  /** For each member, an import that leads to the next one. */
  readonly imports: readonly FileImport[];
}

/** Member → the members that it imports from, each with one such import. */
type MemberGraph = Map<string, Map<string, FileImport>>;

/** `ignored` holds pairs of members, as `edgeOf` names them. Circles of files alone are left out. */
export function findFolderCircles(
  graph: ImportGraph,
  ignored: ReadonlySet<string> = new Set(),
): readonly FolderCircle[] {
  const folders = new Map<string, MemberGraph>();
  for (const [from, targets] of graph) {
    for (const to of targets) if (graph.has(to)) addImport(folders, { from, to }, ignored);
  }
  return [...folders.values()].flatMap(circlesOf);
}

export function edgeOf(from: string, to: string): string {
  return `${from} → ${to}`;
}

/** An import is one between two members of the deepest folder that holds both files. */
function addImport(folders: Map<string, MemberGraph>, edge: FileImport, ignored: ReadonlySet<string>): void {
  const [source, target] = [edge.from.split('/'), edge.to.split('/')];
  let depth = 0;
  while (depth < source.length && source[depth] === target[depth]) depth++;
  const memberOf = (path: readonly string[]): string =>
    path.slice(0, depth + 1).join('/') + (path.length > depth + 1 ? '/' : '');
  const [from, to] = [memberOf(source), memberOf(target)];
  if (from === to || ignored.has(edgeOf(from, to))) return;
  const folder = source.slice(0, depth).join('/');
  const members: MemberGraph = folders.get(folder) ?? new Map();
  const targets = members.get(from) ?? new Map<string, FileImport>();
  if (!targets.has(to)) targets.set(to, edge);
  folders.set(folder, members.set(from, targets));
}

/** For every two members of which each leads to the other, the shortest circle through them; no circle twice. */
function circlesOf(graph: MemberGraph): FolderCircle[] {
  const circles: FolderCircle[] = [];
  const seen = new Set<string>();
  for (const start of [...graph.keys()].sort()) {
    for (const next of [...graph.get(start)!.keys()].sort()) {
      if (seen.has(edgeOf(start, next))) continue;
      const back = shortestPath(graph, next, start);
      if (back === undefined) continue;
      const members = [start, ...back.slice(0, -1)];
      const pairs = members.map((member, index) => [member, members[(index + 1) % members.length]!] as const);
      for (const [from, to] of pairs) seen.add(edgeOf(from, to));
      const imports = pairs.map(([from, to]) => graph.get(from)!.get(to)!);
      if (members.some((member) => member.endsWith('/'))) circles.push({ members, imports });
    }
  }
  return circles;
}

/** Breadth first; undefined if `to` cannot be reached. */
function shortestPath(graph: MemberGraph, from: string, to: string): readonly string[] | undefined {
  const previous = new Map<string, string | undefined>([[from, undefined]]);
  const queue = [from];
  for (let member = queue.shift(); member !== undefined; member = queue.shift()) {
    if (member === to) break;
    for (const next of graph.get(member)?.keys() ?? []) {
      if (previous.has(next)) continue;
      previous.set(next, member);
      queue.push(next);
    }
  }
  if (!previous.has(to)) return undefined;
  const path: string[] = [];
  for (let member: string | undefined = to; member !== undefined; member = previous.get(member)) path.unshift(member);
  return path;
}
