/**
 * Paths of source files → the folders that hold more than a dozen, tests apart: they should be several folders with
 * names.
 */

/** A folder that may be large, with the reason. */
export type LargeFolders = Readonly<Record<string, string>>;

const FILES_MAX = 12;
/** Tests, declarations, and folders of cases or of generated files do not count. */
const EXEMPT = /\.(test|d)\.ts$|(^|\/)(fixtures|cases|generated|data)\//;

/** Returns a fault for each large folder that is not allowed, and for each allowed folder that is not large. */
export function findLargeFolders(paths: readonly string[], allowed: LargeFolders): readonly string[] {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    if (EXEMPT.test(path)) continue;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  const isLarge = (folder: string): boolean => (sizes.get(folder) ?? 0) > FILES_MAX;
  return [
    ...[...sizes.keys()]
      .filter((folder) => isLarge(folder) && !(folder in allowed))
      .map((folder) => `${folder}/ holds ${sizes.get(folder)} source files besides tests; ${FILES_MAX} are allowed`),
    ...Object.keys(allowed)
      .filter((folder) => !isLarge(folder))
      .map((folder) => `${folder}/ is allowed to be large and is not; remove it from the list`),
  ];
}
