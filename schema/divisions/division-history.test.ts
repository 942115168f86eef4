/** The events of the standard against its table, and what a code was on a day. */
import { describe, expect, test } from '@jest/globals';
import { type DivisionEvent, type DivisionEventsFile, divisionEvents, parseDivisionEvents } from './division-events.ts';
import { createDivisionHistory, divisionHistory } from './division-history.ts';
import { divisions } from './divisions.ts';

const table = divisions();
const history = divisionHistory();
const codes = [
  ...new Set(divisionEvents().flatMap(({ from, to }) => [...Object.keys(from), ...Object.keys(to)])),
].sort();

function event(kind: DivisionEvent['kind'], on: string, from: string, to: string): DivisionEvent {
  const named = (list: string) => Object.fromEntries(list.split(' ').flatMap((code) => (code ? [[code, code]] : [])));
  return { kind, on, precision: 'DAY', from: named(from), to: named(to), certainty: 'sure', basis: 'test' };
}

function parse(...events: DivisionEvent[]) {
  return parseDivisionEvents({ bases: { test: 'a test' }, events });
}

describe('the events of the standard', () => {
  test('every code that events leave in force is in the table under the name that they leave it with', () => {
    const inForce = new Map(table.all().map(({ code, name }) => [code, name]));
    const faults = codes.filter((code) => {
      const name = history.former(code) ? undefined : history.periodsOf(code).at(-1)?.name;
      return inForce.get(code) !== name;
    });
    expect(faults).toEqual([]);
    expect(codes.length).toBeGreaterThan(400);
  });

  test('every former code was taken over by codes that the table knows', () => {
    for (const { successors } of history.allFormer) {
      expect(successors.length).toBeGreaterThan(0);
      for (const successor of successors) expect(table.get(successor)).toBeDefined();
    }
  });

  test('every event names its certainty and the text of its basis', () => {
    for (const { certainty, basis } of divisionEvents()) {
      expect(['sure', 'memory']).toContain(certainty);
      expect(basis).toMatch(/ /);
    }
  });
});

describe('what a code was on a day', () => {
  test.each([
    ['110228', '2015-11-12', '密云县', '110000'],
    ['110118', '2015-11-13', '密云区', '110100'],
    ['371202', '2018-12-25', '莱城区', '371200'],
    ['370116', '2018-12-26', '莱芜区', '370100'],
    ['420600', '2010-12-08', '襄樊市', '420000'],
    ['420600', '2010-12-09', '襄阳市', '420000'],
    ['500110', '2011-12-30', '万盛区', '500100'],
    ['500110', '2011-12-31', '綦江区', '500100'],
    ['340225', '2019-12-30', '无为县', '340200'],
    ['110228001', '2015-11-12', '鼓楼街道', '110228'],
    ['420106003', '1999-01-01', '徐家棚街道', '420106'],
  ])('%s on %s was %s', (code, day, name, parent) => {
    expect(table.on(code, day)).toMatchObject({ code, name, parent });
  });

  test.each([
    ['110228', '2015-11-13'],
    ['110228001', '2015-11-13'],
    ['110118', '2015-11-12'],
    ['110118001', '2015-11-12'],
    ['340225', '2019-12-31'],
    ['340225', '2011-08-21'],
    ['999999', '2020-01-01'],
  ])('%s was not in force on %s', (code, day) => {
    expect(table.on(code, day)).toBeUndefined();
  });

  test('a code that became another and was given to a third time and again has a life for each', () => {
    const lives = createDivisionHistory(
      parse(
        event('RECODE', '2001-01-01', '420181', '420198'),
        event('RECODE', '2005-01-01', '420198', '420181'),
        event('RENAME', '2007-01-01', '420181', '420181'),
      ),
    );
    expect(lives.periodsOf('420181')).toEqual([
      { name: '420181', from: null, to: '2001-01-01' },
      { name: '420181', from: '2005-01-01', to: null },
    ]);
    expect(lives.former('420181')).toBeUndefined();
    expect(lives.former('420198')).toMatchObject({ validTo: '2005-01-01', successors: ['420181'] });
    expect(lives.validFrom('420181')).toBe('2005-01-01');
  });

  test('a code that a merger names before and after goes on under its new name', () => {
    expect(history.former('500110')).toBeUndefined();
    expect(history.former('500222')?.successors).toEqual(['500110']);
    expect(history.predecessors('500110')).toEqual(['500222']);
    expect(table.get('500110')).toMatchObject({ validFrom: null, predecessors: ['500222'] });
  });
});

describe('a file of events', () => {
  test('all faults of a file are told at once, each with its event', () => {
    const broken: DivisionEventsFile = {
      bases: {},
      events: [
        { ...event('RECODE', '2020-02-32', '420181', '420181'), basis: 'unknown' },
        event('SPLIT', '2020-01-01', '420181', '420182'),
        { ...event('PART_MOVED', '2020-01-01', '420181', '420182'), streets: { '420183001': '420182001' } },
        event('MERGE', '2020-01-01', '42018', '420182'),
      ],
    };
    expect(() => parseDivisionEvents(broken)).toThrow(
      [
        'The division events have faults:',
        'events[0] (RECODE 2020-02-32): "2020-02-32" is no date',
        'events[0] (RECODE 2020-02-32): 420181 to 420181 is no RECODE',
        'events[0] (RECODE 2020-02-32): the basis "unknown" is not among the bases',
        'events[1] (SPLIT 2020-01-01): 420181 to 420182 is no SPLIT',
      ].join('\n'),
    );
    expect(() => parseDivisionEvents(broken)).toThrow('the street 420183001 cannot have gone to 420182001');
    expect(() => parseDivisionEvents(broken)).toThrow('"42018" is no code');
  });

  test('events are ordered by their days, and those of one day by their kinds', () => {
    const sorted = parse(
      event('SPLIT', '2020-01-02', '420181', '420182 420183'),
      event('ESTABLISH', '2020-01-02', '', '420182'),
      event('RENAME', '2020-01-01', '420181', '420181'),
    );
    expect(sorted.map(({ kind }) => kind)).toEqual(['RENAME', 'ESTABLISH', 'SPLIT']);
  });
});
