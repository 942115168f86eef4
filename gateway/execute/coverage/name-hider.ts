/** Messages of subgraphs → the same without names of the schema that a view does not show. */

import { isObject } from '@yiwang/schema';
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

export interface NameHider {
  inText(text: string): string;
  /** Replaces names in every text of the value, keys included. */
  inValue(value: unknown): unknown;
}

/** Stands in place of a name. */
const PLACEHOLDER = '…';
const NAME = /[A-Za-z_]\w*/g;

const HIDE_NOTHING: NameHider = { inText: (text) => text, inValue: (value) => value };

/** `supergraph` has all names. A name that a view shows anywhere is not hidden elsewhere. */
export function createNameHiders(supergraph: GraphQLSchema): (view: GraphQLSchema) => NameHider {
  const all = namesIn(supergraph);
  const hidersByView = new WeakMap<GraphQLSchema, NameHider>();
  return (view) => {
    let hider = hidersByView.get(view);
    if (!hider) {
      const shown = namesIn(view);
      const hidden = new Set([...all].filter((name) => !shown.has(name)));
      hider = hidden.size === 0 ? HIDE_NOTHING : createNameHider(hidden);
      hidersByView.set(view, hider);
    }
    return hider;
  };
}

function createNameHider(hidden: ReadonlySet<string>): NameHider {
  const inText = (text: string): string => text.replace(NAME, (name) => (hidden.has(name) ? PLACEHOLDER : name));
  const inValue = (value: unknown): unknown => {
    if (typeof value === 'string') return inText(value);
    if (Array.isArray(value)) return value.map(inValue);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, below]) => [inText(key), inValue(below)]));
  };
  return { inText, inValue };
}

/**
 * Names of types, fields, arguments and enum values. Names of the supergraph's own machinery, with two underscores, are
 * left out.
 */
function namesIn(schema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.includes('__')) continue;
    names.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) names.add(name);
    if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) names.add(name);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      names.add(field.name);
      for (const { name } of field.args) names.add(name);
    }
  }
  return names;
}
