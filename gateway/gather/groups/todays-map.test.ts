/** Statistics by today's map: what is asked of platforms, so that what nobody attributes stays apart in the merge. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { EVERYWHERE } from '@yiwang/schema';
import { print } from 'graphql';
import { mergeContributions } from '../merge-contributions.ts';
import { programOf } from '../testing.ts';

const SUPERGRAPH = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const program = (args: string) =>
  programOf(
    `caseStatistics(period: "2026", groupBy: [COUNTY]${args}) { key { division { code } } counts { reported } }`,
    SUPERGRAPH,
  );

test('the part of the key that tells what is unattributed is asked for with the map of today alone', () => {
  expect(print(program(', map: TODAY').node)).toContain('unattributed');
  expect(print(program(', map: OF_THE_DAY').node)).not.toContain('unattributed');
  expect(print(program('').node)).not.toContain('unattributed');
});

test('groups of one division of two platforms are one, and those that nobody attributed stay another', () => {
  const { node, ...compiled } = program(', map: TODAY');
  const [key = ''] = /__yw_\w+(?=: key)/.exec(print(node)) ?? [];
  const group = (code: string, reported: number, unattributed: boolean) => ({
    [key]: { division: { code }, category: null, source: null, department: null, month: null, unattributed },
    key: { division: { code } },
    counts: { reported },
    __yw_small: { reported },
  });
  const contributions = [
    [group('330110', 1, false), group('330110', 2, true)],
    [group('330110', 4, false), group('330110', 8, true)],
  ].map((value) => ({ value, region: EVERYWHERE }));
  const { value } = mergeContributions({ node, ...compiled }, contributions, {
    args: {},
    smallCount: 0,
    signCursor: (position) => position,
  });
  expect((value as { counts: { reported: number } }[]).map(({ counts }) => counts.reported)).toEqual([5, 10]);
});
