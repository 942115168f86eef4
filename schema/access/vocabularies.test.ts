/** The words that stand both in the graph's enums and in code are the same words. */
import { expect, test } from '@jest/globals';
import { type DocumentNode, Kind } from 'graphql';
import { readDirectiveDefinitions, readDocument } from '../sdl/sdl.ts';
import { CLEARANCES, DATA_CLASSES, dataClassRules } from './data-classes.ts';
import { MASK_KINDS, MASKED_CLASS } from './masks.ts';
import { TIERS } from './tiers.ts';

const COMMON = readDocument(new URL('../sdl/graphql/common.graphql', import.meta.url));

function valuesOf(document: DocumentNode, name: string): readonly string[] {
  return document.definitions.flatMap((node) =>
    node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === name
      ? (node.values ?? []).map((value) => value.name.value)
      : [],
  );
}

test('the tiers are the values of the enum Tier', () => {
  expect(valuesOf(COMMON, 'Tier')).toEqual([...TIERS]);
});

test('the data classes are the values of the enum DataClass and of the data file', () => {
  expect(valuesOf(readDirectiveDefinitions(), 'DataClass')).toEqual([...DATA_CLASSES]);
  expect(dataClassRules.map((rule) => rule.class)).toEqual([...DATA_CLASSES]);
  expect(CLEARANCES).toContain(MASKED_CLASS);
});

test('the masks are the values of the enum Mask', () => {
  expect(valuesOf(readDirectiveDefinitions(), 'Mask')).toEqual([...MASK_KINDS]);
});
