/**
 * `node keep-packages.js IMAGE`: removes the packages from `node_modules` that an image does not need. It needs those of
 * `packages.json` and their dependencies in the lockfile.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The lockfile's places of the packages and their dependencies, and those of all other packages. */
export function sortPackages(lock, names) {
  const kept = new Set();
  const visit = (from, name) => {
    const place = find(lock.packages, from, name);
    if (place === undefined || kept.has(place)) return;
    kept.add(place);
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta = {} } = lock.packages[place];
    const peers = Object.keys(peerDependencies ?? {}).filter((peer) => !peerDependenciesMeta[peer]?.optional);
    for (const needed of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) visit(place, needed);
  };
  for (const name of names) visit('', name);
  const others = Object.entries(lock.packages).flatMap(([place, { link }]) =>
    place.startsWith('node_modules/') && !link && !kept.has(place) ? [place] : [],
  );
  return { kept: [...kept], others };
}

/** The place at which Node finds a package for one that lies at `from`. */
function find(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (place in packages) return place;
    if (at === '') return undefined;
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [image] = process.argv.slice(2);
  const names = readJson(new URL('./packages.json', import.meta.url))[image];
  if (names === undefined) throw new Error(`packages.json has no image "${image}"`);
  const { kept, others } = sortPackages(readJson('package-lock.json'), names);
  // A package that is kept may lie inside one that is not.
  const isAround = (place) => kept.some((one) => one.startsWith(`${place}/`));
  for (const place of others)
    if (!isAround(place)) rmSync(join(process.cwd(), place), { recursive: true, force: true });
}
