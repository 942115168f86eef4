/** Variables of statistics that the merge of groups depends on are written into the operation, and no others. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { readPlanning } from '../../supergraph/planning/read-planning.ts';
import { readConditions } from '../cache/condition-key.ts';
import { createPrepareOperation } from './prepare-operation.ts';

const SUPERGRAPH = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const document = parse(SUPERGRAPH);
const planning = readPlanning(SUPERGRAPH, document, []);
const prepare = createPrepareOperation(planning);
const view = { schema: buildASTSchema(document, { assumeValidSDL: true }) };
const QUERY = parse(`query ($g: [CaseDimension!], $o: StatisticsOrder, $p: Period!) {
  caseStatistics(period: $p, groupBy: $g, orderBy: $o) { counts { reported } } }`);

const textOf = (coerced: Record<string, unknown>, query = QUERY) =>
  prepare({ document: query, operationName: undefined, coerced, view }).text?.replace(/[\s,]+/g, ' ');
const keyOf = readConditions(QUERY, planning.groupFields).keyOf;

test('dimensions that fill a part of the key of their own are written out, and so is an order', () => {
  const text = textOf({ p: '2026', g: ['COUNTY', 'OFFICER'], o: { by: 'counts.open', direction: 'ASC' } });
  expect(text).toContain(
    'query ($p: Period!) { caseStatistics( groupBy: [COUNTY OFFICER] orderBy: {by: "counts.open" direction: ASC} period: $p )',
  );
});

test('other dimensions stay a variable, and an order that is not given is null', () => {
  const text = textOf({ p: '2026', g: ['COUNTY', 'MONTH'] });
  expect(text).toContain('caseStatistics(groupBy: $g orderBy: null period: $p)');
});

test('the map of today, which adds a part to the key, is written out, and that of the day stays a variable', () => {
  const query = parse(
    'query ($m: DivisionMap!) { caseStatistics(period: "2026", groupBy: [COUNTY], map: $m) { counts { reported } } }',
  );
  expect(textOf({ m: 'TODAY' }, query)).toContain('map: TODAY');
  expect(textOf({ m: 'OF_THE_DAY' }, query)).toContain('map: $m');
  const { keyOf: keyOfMap } = readConditions(query, planning.groupFields);
  expect(keyOfMap({ m: 'TODAY' })).not.toBe(keyOfMap({ m: 'OF_THE_DAY' }));
});

test('a variable inside of an order is written out', () => {
  const query = parse(
    'query ($by: String!) { caseStatistics(period: "2026", orderBy: { by: $by }) { counts { reported } } }',
  );
  expect(textOf({ by: 'counts.open' }, query)).toContain('orderBy: {by: "counts.open"}');
});

test('operations that differ in what is written out are planned apart, and others together', () => {
  expect(keyOf({ p: '2026', g: ['COUNTY'] })).toBe(keyOf({ p: '2025', g: ['MONTH'] }));
  expect(keyOf({ p: '2026', g: ['DAY'] })).not.toBe(keyOf({ p: '2026', g: ['HOUR'] }));
  expect(keyOf({ o: { by: 'counts.open' } })).not.toBe(keyOf({ o: { by: 'counts.due' } }));
});
