/** The officers of a platform: collectors on their responsibility grids, those at the desk, and the people of departments. */
import { createId } from '@yiwang/schema';
import type { Department } from '../../departments/department.ts';
import { createRandom } from '../../random.ts';
import { drawHumans, type Human } from '../setting/people.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';
import { divisionOfOffice, officeCode } from './departments.ts';

/** Posts at the desk of a platform. */
export type DeskPost = 'ACCEPTOR' | 'SHIFT_LEADER' | 'DISPATCHER';

export interface Officer extends Human {
  readonly id: string;
}

/** The people of a department who act on cases and requests. */
export interface Team {
  /** Receives for the department, and confirms. */
  readonly desk: Officer;
  readonly handlers: readonly Officer[];
}

/** Those who act on cases. */
export interface Staff extends Readonly<Record<DeskPost | 'COLLECTOR', readonly Officer[]>> {
  /** Of any department of the network: the same people, wherever its row lies. */
  team(department: string): Team;
}

export interface StaffRows {
  readonly staff: Staff;
  readonly rows: readonly Row<'officers'>[];
}

const DESK: Readonly<Record<DeskPost, number>> = { ACCEPTOR: 8, SHIFT_LEADER: 3, DISPATCHER: 6 };
const TEAM_POSTS = ['HANDLING_DEPARTMENT', 'HANDLER', 'ENFORCER'] as const;
const CELLS_PER_COLLECTOR = 6;

export function createStaff(setting: Setting, departments: readonly Department[]): StaffRows {
  const random = setting.random('officers');
  const rows: Row<'officers'>[] = [];
  const home = setting.platform.division;
  const management = officeCode('MANAGEMENT', home.slice(0, 6));
  const hire = (post: string, human: Human, { division, grids }: Beat): Officer => {
    const id = createId(division, 'OF', String(rows.length + 1).padStart(5, '0'));
    const department = post === 'COLLECTOR' ? null : management;
    rows.push({ id, division, name: human.name, phone: human.phone, post, department, grids });
    return { ...human, id };
  };
  const desk = (post: DeskPost) =>
    drawHumans(random, DESK[post]).map((human) => hire(post, human, { division: home, grids: [] }));
  const collectors = beatsOf(setting).flatMap((beat) =>
    drawHumans(random, 1).map((human) => hire('COLLECTOR', human, beat)),
  );
  const staff = {
    COLLECTOR: collectors,
    ACCEPTOR: desk('ACCEPTOR'),
    SHIFT_LEADER: desk('SHIFT_LEADER'),
    DISPATCHER: desk('DISPATCHER'),
    team: createTeams(),
  };
  const existing = departments.filter(({ validTo }) => validTo === undefined);
  return { staff, rows: [...rows, ...existing.flatMap((department) => teamRows(department, staff.team))] };
}

/** A team follows from the code of its department alone, so that every platform names the same people. */
export function createTeams(): Staff['team'] {
  const teams = new Map<string, Team>();
  return (department) => {
    let team = teams.get(department);
    if (team === undefined) {
      const [desk, ...handlers] = drawHumans(createRandom(`team ${department}`), TEAM_POSTS.length).map(
        (human, index) => ({ ...human, id: memberId(department, index) }),
      );
      team = { desk: desk!, handlers };
      teams.set(department, team);
    }
    return team;
  };
}

/** The division and the organisation code of the department, and a digit for the member. */
function memberId(department: string, index: number): string {
  return createId(divisionOfOffice(department), 'OF', `${department.slice(8, 17)}${index + 1}`);
}

function teamRows({ code, division }: Department, teamOf: Staff['team']): Row<'officers'>[] {
  const { desk, handlers } = teamOf(code);
  return [desk, ...handlers].map(({ id, name, phone }, index) => ({
    ...{ id, division, name, phone, post: TEAM_POSTS[index]!, department: code, grids: [] },
  }));
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
