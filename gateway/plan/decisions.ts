/** What an operation's conditions come to: tells requests of one document apart that are planned differently. */
import { type DocumentNode, Kind, visit } from 'graphql';

/** `variables` are coerced. */
export type Decisions = (variables: Readonly<Record<string, unknown>>) => string;

export interface DecisionReader {
  /** The variables that conditions read, each once. */
  readonly names: readonly string[];
  readonly read: Decisions;
  /** True where something may be deferred. */
  readonly mayDefer: boolean;
  /** The names of all fields in the document. */
  readonly fields: ReadonlySet<string>;
}

const CONDITIONS = new Set(['skip', 'include', 'defer']);

/** Walks the document once; reading costs no more than the variables that its conditions name. */
export function createDecisions(document: DocumentNode): DecisionReader {
  const names = new Set<string>();
  const fields = new Set<string>();
  let mayDefer = false;
  visit(document, {
    Field: ({ name }) => void fields.add(name.value),
    Directive: ({ name, arguments: given = [] }) => {
      if (!CONDITIONS.has(name.value)) return;
      mayDefer ||= name.value === 'defer';
      const condition = given.find((argument) => argument.name.value === 'if')?.value;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  const list = [...names];
  if (list.length === 0) return { names: list, read: () => '', mayDefer, fields };
  return { names: list, read: (variables) => list.map((name) => String(variables[name])).join(), mayDefer, fields };
}
