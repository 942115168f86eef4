type Values = Readonly<Record<string, unknown>>;

/** Defaults and what was given in their place, without the names that every object has: a variable may be called `constructor`. */
export function variablesOf(defaults: Values, given: Values): Values {
  return { __proto__: null, ...defaults, ...given };
}
