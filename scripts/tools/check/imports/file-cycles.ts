/** Cycles of files that import each other. */
import type { ImportGraph } from './folder-circles.ts';

/** Each cycle once, from the file at which it was entered. */
export function findFileCycles(graph: ImportGraph): readonly (readonly string[])[] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      cycles.push([...trail.slice(at), path]);
      return;
    }
    if (done.has(path)) return;
    for (const file of graph.get(path) ?? []) if (graph.has(file)) visit(file, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}
