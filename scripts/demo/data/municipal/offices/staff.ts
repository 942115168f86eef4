/** The officers of a platform: collectors on their responsibility grids, those at the desk, and the handlers of departments. */
import { createId } from '@yiwang/schema';
import { drawHumans, type Human } from '../setting/people.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';
import { type Department, officeCode } from './departments.ts';

export type Post = 'COLLECTOR' | 'ACCEPTOR' | 'SHIFT_LEADER' | 'DISPATCHER' | 'HANDLER' | 'ENFORCER';

/** Those who act on cases and requests, by post. */
export type Staff = Readonly<Record<Post, readonly Human[]>>;

export interface StaffRows {
  readonly staff: Staff;
  readonly rows: readonly Row<'officers'>[];
}

const DESK: Readonly<Record<'ACCEPTOR' | 'SHIFT_LEADER' | 'DISPATCHER', number>> = {
  ACCEPTOR: 8,
  SHIFT_LEADER: 3,
  DISPATCHER: 6,
};
const HANDLERS_PER_DEPARTMENT = 2;
/** A street platform has no departments of its own; its county's handlers come to its cases. */
const GUEST_HANDLERS = 6;
const CELLS_PER_COLLECTOR = 6;

export function createStaff(setting: Setting, departments: readonly Department[]): StaffRows {
  const random = setting.random('officers');
  const rows: Row<'officers'>[] = [];
  const hire = (post: Post, human: Human, at: { division: string; department?: string; grids?: readonly string[] }) => {
    rows.push({
      id: createId(at.division, 'OF', String(rows.length + 1).padStart(5, '0')),
      division: at.division,
      name: human.name,
      phone: human.phone,
      post,
      department: at.department ?? null,
      grids: at.grids ?? [],
    });
    return human;
  };
  const home = setting.platform.division;
  const management = officeCode('MANAGEMENT', home.slice(0, 6));
  const desk = (post: keyof typeof DESK) =>
    drawHumans(random, DESK[post]).map((human) => hire(post, human, { division: home, department: management }));
  const collectors = beatsOf(setting).flatMap((beat) =>
    drawHumans(random, 1).map((human) => hire('COLLECTOR', human, beat)),
  );
  const handlers = departments.flatMap((department) =>
    drawHumans(random, HANDLERS_PER_DEPARTMENT).map((human, i) =>
      hire(i === 0 ? 'HANDLER' : 'ENFORCER', human, { division: department.division, department: department.code }),
    ),
  );
  const guests = drawHumans(random, GUEST_HANDLERS);
  return {
    rows,
    staff: {
      COLLECTOR: collectors,
      ACCEPTOR: desk('ACCEPTOR'),
      SHIFT_LEADER: desk('SHIFT_LEADER'),
      DISPATCHER: desk('DISPATCHER'),
      HANDLER: handlers.length > 0 ? handlers : guests,
      ENFORCER: handlers.length > 0 ? handlers : guests,
    },
  };
}

interface Beat {
  readonly division: string;
  readonly grids: readonly string[];
}

/** The cells of a street in groups, one collector for each; one collector for a street without cells. */
function beatsOf(setting: Setting): readonly Beat[] {
  const streets = new Map<string, string[]>();
  for (const place of setting.localities.all) {
    const cells = streets.get(place.street) ?? [];
    cells.push(...place.cells);
    streets.set(place.street, cells);
  }
  return [...streets].flatMap(([division, cells]) => {
    const groups = Math.max(1, Math.ceil(cells.length / CELLS_PER_COLLECTOR));
    return Array.from({ length: groups }, (_, i) => ({
      division,
      grids: cells.slice(i * CELLS_PER_COLLECTOR, (i + 1) * CELLS_PER_COLLECTOR),
    }));
  });
}
