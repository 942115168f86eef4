/** Page and packages → the bundle that the gateway serves: nothing is loaded from elsewhere. */
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('./page/', import.meta.url));
const WORKERS = {
  'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
  'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
};

/** Builds beside the folder and puts the result in its place, so that a build that is broken off leaves nothing half-made. */
export async function buildPlayground(folder: string): Promise<void> {
  const { build } = await import('esbuild');
  const draft = `${folder}.${process.pid}`;
  const require = createRequire(import.meta.url);
  const workers = Object.entries(WORKERS).map(([out, file]) => ({ out, in: require.resolve(file) }));
  try {
    await mkdir(draft, { recursive: true });
    await build({
      entryPoints: [{ out: 'main', in: join(PAGE, 'main.tsx') }, ...workers],
      outdir: draft,
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      jsx: 'automatic',
      loader: { '.ttf': 'file', '.woff2': 'file' },
      assetNames: '[name]-[hash]',
      publicPath: '/playground',
      legalComments: 'none',
      logLevel: 'error',
      tsconfig: join(PAGE, 'tsconfig.json'),
    });
    await copyFile(join(PAGE, 'index.html'), join(draft, 'index.html'));
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
