/** Rows of cases for measuring: each with an id, a grid cell and a component of its own. */
import { type Row, ruleExamples } from '@yiwang/schema/rules';

/** One row in `faultyEvery` has two faults; none has if it is 0. */
export function createCaseRows(count: number, faultyEvery = 0): Row[] {
  const { stages: _, ...sample } = ruleExamples('Case')[0]!.pass;
  return Array.from({ length: count }, (_, index) => ({
    ...sample,
    id: `110102020001-C-${String(index).padStart(6, '0')}`,
    'grid.code': `110102020001${String((index % 999) + 1).padStart(3, '0')}`,
    'component.code': `1101020101${String(index + 1).padStart(6, '0')}`,
    ...(faultyEvery > 0 && index % faultyEvery === 0 ? { source: 'RUMOUR', longitude: 0 } : {}),
  }));
}
