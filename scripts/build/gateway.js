/**
 * The gateway's TypeScript → one module of JavaScript, made when it is missing or its sources changed. A gateway runs for long
 * and under load: without a loader in the process it starts sooner, takes less memory, and its functions are what was written.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../ready.js';

const FOLDER = join(ROOT, 'node_modules', '.yiwang');
const SOURCES = ['gateway', 'schema'];
const ENTRY = join(ROOT, 'gateway', 'main.ts');

/** File of the module. Rejects where it cannot be built or written. */
export async function prepareGateway() {
  const module = join(FOLDER, `gateway-${digestOf(sourceFiles())}.mjs`);
  if (!existsSync(module)) await build(module);
  return module;
}

async function build(module) {
  const esbuild = await import('esbuild');
  mkdirSync(FOLDER, { recursive: true });
  const draft = `${module}.${process.pid}`;
  try {
    await esbuild.build({
      entryPoints: [ENTRY],
      outfile: draft,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'error',
      plugins: [{ name: 'workspace', setup: resolveWorkspace }],
    });
  } finally {
    // Its service would stay for the life of the gateway.
    await esbuild.stop();
  }
  for (const name of readdirSync(FOLDER)) {
    if (name.startsWith('gateway-') && join(FOLDER, name) !== draft) rmSync(join(FOLDER, name), { force: true });
  }
  renameSync(draft, module);
}

/** The project's own packages go into the module, and each source still finds the files that lie beside it. */
function resolveWorkspace(build) {
  build.onResolve({ filter: /^@yiwang\// }, ({ path }) => {
    const [, folder, ...rest] = path.split('/');
    return { path: join(ROOT, folder, rest.length === 0 ? 'index.ts' : rest.join('/')) };
  });
  build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
    const source = await readFile(path, 'utf8');
    return { contents: source.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
  });
}

function sourceFiles() {
  return SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .map(String)
      .filter(
        (name) =>
          /\.ts$/.test(name) && !/(^|[\\/])(node_modules|testing|reference|fixtures)[\\/]|\.test\.ts$/.test(name),
      )
      .map((name) => join(ROOT, folder, name)),
  ).sort();
}

function digestOf(files) {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(ROOT, 'package-lock.json')));
  for (const file of files) hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
