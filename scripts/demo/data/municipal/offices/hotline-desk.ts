/** Those who work at a city's hotline. */
import { createId } from '@yiwang/schema';
import { createRandom } from '../../random.ts';
import { drawHumans } from '../setting/people.ts';
import type { Officer } from './staff.ts';

const SIZES = { OPERATOR: 14, DISPATCHER: 5, REVIEWER: 3, CALLBACK: 8 } as const;

export type HotlineRole = keyof typeof SIZES;
export type HotlineDesk = Readonly<Record<HotlineRole, readonly Officer[]>>;

/** Follows from the city alone. */
export function createHotlineDesk(city: string): HotlineDesk {
  const random = createRandom(`hotline ${city}`);
  let serial = 0;
  const hire = (role: HotlineRole): readonly Officer[] =>
    drawHumans(random, SIZES[role]).map((human) => ({
      ...human,
      id: createId(city, 'OF', `H${String(++serial).padStart(4, '0')}`),
    }));
  return {
    OPERATOR: hire('OPERATOR'),
    DISPATCHER: hire('DISPATCHER'),
    REVIEWER: hire('REVIEWER'),
    CALLBACK: hire('CALLBACK'),
  };
}
