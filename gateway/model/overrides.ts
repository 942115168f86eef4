/**
 * `@override(label:)` of the supergraph → which subgraph gives a field for one operation. A label `percent(n)` is decided for each operation
 * anew: one draw from 0 up to 100 is compared with all of them, so that n percents have n + 1 outcomes at most. Any other label is
 * on where the configuration names it; otherwise the field stays with the old subgraph.
 */
import { type DirectiveNode, type DocumentNode, Kind, parse, visit } from 'graphql';

/** A label that is on for draws below a bound. */
export interface OverrideLabel {
  readonly label: string;
  /** Beyond all draws for a label that is always on. */
  readonly below: number;
}

export interface Overrides {
  /** Those that are on for some draw. */
  readonly labels: readonly OverrideLabel[];
  isOn(label: string, draw: number): boolean;
  /** True where the plan of an operation that names these fields may depend on the draw. */
  dependOnDraw(fieldNames: Iterable<string>): boolean;
  /** The least draw that decides all labels as this one does. */
  standFor(draw: number): number;
}

const ALWAYS = 101;
const PERCENT = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

export function readOverrides(supergraph: DocumentNode, activeLabels: readonly string[]): Overrides {
  const bounds = new Map(activeLabels.map((label) => [label, ALWAYS]));
  const drawn = new Set<string>();
  const fieldSets: string[] = [];
  visit(supergraph, {
    FieldDefinition: ({ name, directives }) => {
      for (const applied of directives ?? []) {
        const label = textOf(applied, 'overrideLabel');
        const percent = label === undefined ? undefined : percentOf(label);
        if (label === undefined || percent === undefined) continue;
        bounds.set(label, percent);
        drawn.add(name.value);
      }
    },
    Directive: (applied) => {
      for (const argument of ['key', 'requires', 'provides']) fieldSets.push(textOf(applied, argument) ?? '');
    },
  });
  const steps = [...bounds.values()].filter((below) => below < ALWAYS).sort((a, b) => b - a);
  // Plans read such a field though the operation does not name it.
  const isReadUnnamed = fieldSets.some((set) => namesIn(set).some((name) => drawn.has(name)));
  return {
    labels: [...bounds].map(([label, below]) => ({ label, below })),
    isOn: (label, draw) => draw < (bounds.get(label) ?? 0),
    dependOnDraw(fieldNames) {
      if (drawn.size === 0 || isReadUnnamed) return drawn.size > 0;
      for (const name of fieldNames) if (drawn.has(name)) return true;
      return false;
    },
    standFor: (draw) => steps.find((step) => step <= draw) ?? 0,
  };
}

function percentOf(label: string): number | undefined {
  const found = PERCENT.exec(label);
  return found ? Number(found[1]) : undefined;
}

function textOf({ name, arguments: given = [] }: DirectiveNode, argument: string): string | undefined {
  if (!name.value.startsWith('join__')) return undefined;
  const value = given.find((one) => one.name.value === argument)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function namesIn(fieldSet: string): string[] {
  if (fieldSet === '') return [];
  const names: string[] = [];
  visit(parse(`{ ${fieldSet} }`, { noLocation: true }), { Field: ({ name }) => void names.push(name.value) });
  return names;
}
