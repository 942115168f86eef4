type Values = Readonly<Record<string, unknown>>;

/** Defaults and what was given in their place, without the names that every object has: a variable may be called `constructor`. */
export function variablesOf(defaults: Values, given: Values): Values {
  return { __proto__: null, ...defaults, ...given };
}

/** The same under further names: `names` has the name that a value is under by the one that it is to be under, too. */
export function withNames(values: Values, names: ReadonlyMap<string, string>): Values {
  if (names.size === 0) return values;
  const added = [...names].filter(([, name]) => Object.hasOwn(values, name)).map(([own, name]) => [own, values[name]]);
  return { ...values, ...Object.fromEntries(added) };
}
