/** Sources → what breaks the rules of imports, one line each. */
import { ADAPTERS, ENVIRONMENT_READERS, readsEnvironment } from './adapters.ts';
import { CIRCLE_EXCEPTIONS, TABLE_EXCEPTIONS } from './exceptions.ts';
import { findFileCycles } from './file-cycles.ts';
import { edgeOf, type FolderCircle, findFolderCircles, type ImportGraph } from './folder-circles.ts';
import { PARTS, type Part } from './import-table.ts';
import { importsOf, type SourceFile, withoutComments } from './source.ts';

/** Tests, and what serves them alone, may import anything. */
const TEST = /\.test\.ts$|(^|\/)(tests|testing|fixtures|reference)(\/|\.ts$)/;

export interface ImportExceptions {
  readonly table: readonly string[];
  readonly circles: readonly string[];
}

const EXCEPTIONS: ImportExceptions = { table: TABLE_EXCEPTIONS, circles: CIRCLE_EXCEPTIONS };

export function findFaults(
  sources: readonly SourceFile[],
  exceptions: ImportExceptions = EXCEPTIONS,
): readonly string[] {
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
  const files = new Map([...imports].map(([path, entries]) => [path, entries.flatMap(({ file }) => file ?? [])]));
  const product = sources.filter(({ path }) => !TEST.test(path));
  const graph: ImportGraph = new Map(product.map(({ path }) => [path, files.get(path)!]));
  return [
    ...tableFaults(graph, exceptions.table),
    ...product.flatMap(({ path }) =>
      imports.get(path)!.flatMap((entry) => (entry.package === undefined ? [] : packageFaults(path, entry.package))),
    ),
    ...product.flatMap(sourceFaults),
    ...findFileCycles(files).map((cycle) => `import cycle: ${cycle.join(' → ')}`),
    ...circleFaults(graph, exceptions.circles),
  ];
}

function tableFaults(graph: ImportGraph, exceptions: readonly string[]): string[] {
  const unused = new Set(exceptions);
  const faults = [...graph].flatMap(([from, targets]) =>
    targets.flatMap((to) => {
      const fault = tableFault(from, to);
      if (fault === undefined) return [];
      const exception = exceptions.find((each) => covers(each, from, to));
      if (exception === undefined) return [fault];
      unused.delete(exception);
      return [];
    }),
  );
  return [...faults, ...[...unused].map(notNeeded)];
}

function covers(exception: string, from: string, to: string): boolean {
  const [start = '', end = ''] = exception.split(' → ');
  const holds = (place: string, path: string) => (place.endsWith('/') ? path.startsWith(place) : path === place);
  return holds(start, from) && holds(end, to);
}

function tableFault(from: string, to: string): string | undefined {
  const [part, target] = [partOf(from), partOf(to)];
  if (!part || !target) return undefined;
  if (part === target) {
    if (!part.apart || folderOf(from) === folderOf(to)) return undefined;
    return `${from}: ${part.name} may not import another of its kind, ${to}`;
  }
  if (!part.may.includes(target.name)) return `${from}: ${part.name} may not import ${to}`;
  if (!target.face || to === `${folderOf(to)}/index.ts`) return undefined;
  return `${from}: imports ${to}, past ${folderOf(to)}/index.ts`;
}

function partOf(path: string): Part | undefined {
  return PARTS.find(({ files }) => files.test(path));
}

function folderOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function packageFaults(from: string, name: string): string[] {
  const adapter = ADAPTERS.find(({ packages }) => packages.test(name));
  if (!adapter || adapter.files.test(from)) return [];
  return [`${from}: imports the package ${name}, which is for ${adapter.files.source} alone`];
}

function sourceFaults({ path, text }: SourceFile): string[] {
  const faults: string[] = [];
  if (readsEnvironment(withoutComments(text)) && !ENVIRONMENT_READERS.test(path)) {
    faults.push(`${path}: reads the environment; only files named config.ts and main.ts, and commands, may`);
  }
  if (path.endsWith('.ts') && /^export (default\b|\* from)/m.test(text)) {
    faults.push(`${path}: has a default export or an export of everything; export by name`);
  }
  return faults;
}

function circleFaults(graph: ImportGraph, exceptions: readonly string[]): string[] {
  const ignored = new Set(exceptions);
  const unneeded = exceptions.filter((exception) => {
    const others = new Set(exceptions.filter((each) => each !== exception));
    return !findFolderCircles(graph, others).some((circle) => edgesOf(circle).includes(exception));
  });
  return [...findFolderCircles(graph, ignored).map(describeCircle), ...unneeded.map(notNeeded)];
}

function edgesOf({ members }: FolderCircle): string[] {
  return members.map((member, index) => edgeOf(member, members[(index + 1) % members.length]!));
}

function describeCircle({ members, imports }: FolderCircle): string {
  const examples = imports.map(({ from, to }) => `${from} imports ${to}`).join(', ');
  return `import circle between folders: ${[...members, members[0]].join(' → ')} (${examples})`;
}

function notNeeded(exception: string): string {
  return `the exception "${exception}" is not needed any more: remove it from exceptions.ts`;
}
