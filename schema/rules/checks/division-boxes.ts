/** The boxes around divisions, in which coordinates of their rows must lie. */
import { COUNTRY } from '../../divisions/division-level.ts';
import { once, readData } from '../../standard/data-file.ts';

/** Degrees of CGCS2000: west, south, east, north. Wider than the division, never its border. */
export type DivisionBox = readonly [west: number, south: number, east: number, north: number];

interface BoxesFile {
  readonly boxes: Readonly<Record<string, DivisionBox>>;
}

const boxes = once(() => new Map(Object.entries(readData<BoxesFile>('division-boxes.json').boxes)));

/** The box of the division, or of the nearest one above it that has one; the country's at last. */
export function boxOf(code: string): DivisionBox {
  const known = boxes();
  return (
    known.get(code.slice(0, 6)) ??
    known.get(`${code.slice(0, 4)}00`) ??
    known.get(`${code.slice(0, 2)}0000`) ??
    known.get(COUNTRY)!
  );
}
