/** A query → a function that writes the JSON text of its requests. The text of the query is written once. */
import { stringifyExact } from '../../kit/json/exact-numbers.ts';

export type WriteRequestBody = (
  values: Readonly<Record<string, unknown>>,
  lists?: readonly JsonListVariable[],
) => string;

/** A variable whose value is a list; each item is JSON text. */
export interface JsonListVariable {
  readonly name: string;
  readonly items: readonly string[];
}

/**
 * `names`: the variables that are read from `values`; one without a value is left out. `nulls`: variables that are
 * always null.
 */
export function compileRequestBody(
  query: string,
  names: readonly string[],
  nulls: readonly string[] = [],
): WriteRequestBody {
  const head = `{"query":${JSON.stringify(query)}`;
  const constant = nulls.map((name) => `${JSON.stringify(name)}:null`).join();
  return (values, lists = []) => {
    let variables = constant;
    for (const name of names) {
      const value = values[name];
      if (value === undefined) continue;
      variables += `${variables && ','}${JSON.stringify(name)}:${stringifyExact(value)}`;
    }
    for (const { name, items } of lists) variables += `${variables && ','}${JSON.stringify(name)}:[${items.join()}]`;
    return variables === '' ? `${head}}` : `${head},"variables":{${variables}}}`;
  };
}
