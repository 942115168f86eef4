/** Page and packages → the bundle that the gateway serves. Pages load nothing from other hosts. */
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PluginBuild } from 'esbuild';

const PAGE = fileURLToPath(new URL('./page/', import.meta.url));
const WORKERS = {
  'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
  'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
};

/** Builds in a draft folder and renames it at the end, so that an interrupted build leaves the old bundle. */
export async function buildPlayground(folder: string): Promise<void> {
  const { build } = await import('esbuild');
  const draft = `${folder}.${process.pid}`;
  const require = createRequire(import.meta.url);
  const shared = {
    outdir: draft,
    bundle: true,
    minify: true,
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
  } as const;
  try {
    await removeOldDrafts(folder);
    await mkdir(draft, { recursive: true });
    await build({
      ...shared,
      // Chunks that are used later, such as the formatter of queries, load on demand.
      format: 'esm',
      splitting: true,
      entryPoints: [{ out: 'main', in: join(PAGE, 'main.tsx') }],
      jsx: 'automatic',
      loader: { '.ttf': 'file' },
      assetNames: '[name]-[hash]',
      chunkNames: 'chunk-[hash]',
      publicPath: '/playground',
      tsconfig: join(PAGE, 'tsconfig.json'),
      plugins: [{ name: 'diet', setup: excludeUnused }],
    });
    const workers = Object.entries(WORKERS).map(([out, file]) => ({ out, in: require.resolve(file) }));
    await build({ ...shared, format: 'iife', entryPoints: workers });
    await copyFile(join(PAGE, 'index.html'), join(draft, 'index.html'));
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Drafts of builds that were killed. */
async function removeOldDrafts(folder: string): Promise<void> {
  const home = dirname(folder);
  for (const name of await readdir(home).catch(() => [])) {
    const pid = Number(name.startsWith(`${basename(folder)}.`) ? name.slice(basename(folder).length + 1) : Number.NaN);
    if (pid > 0 && !isAlive(pid)) await rm(join(home, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Leaves out what the page does not use: editor support for other languages, and fonts inside the style sheet. */
function excludeUnused(build: PluginBuild): void {
  build.onResolve({ filter: /^monaco-graphql\/esm\/monaco-editor|^\.\/monaco-editor(\.js)?$/ }, ({ path, importer }) =>
    path.startsWith('.') && !importer.includes('monaco-graphql') ? undefined : { path: join(PAGE, 'monaco.ts') },
  );
  build.onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => ({
    contents: (await readFile(path, 'utf8')).replace(/@font-face\s*\{[^}]*\}/g, ''),
    loader: 'css',
  }));
}
