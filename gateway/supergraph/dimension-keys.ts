/** Supergraph → the dimensions of statistics that fill a part of the key which is asked for with them alone. */
import { applicationsOf } from '@yiwang/schema';
import { type DocumentNode, Kind } from 'graphql';
import type { DimensionKeys } from '../model/supergraph/supergraph-rules.ts';

export function readDimensionKeys(supergraph: DocumentNode): DimensionKeys {
  const dimensions = new Map<string, ReadonlyMap<string, string>>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    const keys = (type.values ?? []).flatMap((value): [string, string][] => {
      const key = applicationsOf(value, 'groups')[0]?.key;
      return typeof key === 'string' ? [[value.name.value, key]] : [];
    });
    if (keys.length > 0) dimensions.set(type.name.value, new Map(keys));
  }
  return dimensions;
}
