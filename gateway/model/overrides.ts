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
  readonly threshold: number;
}

export interface Overrides {
  /** Those that are on for some draw. */
  readonly labels: readonly OverrideLabel[];
  isActive(label: string, draw: number): boolean;
  /** True where the plan of an operation that names these fields may depend on the draw. */
  dependsOnDraw(fieldNames: Iterable<string>): boolean;
  /** The least draw that decides all labels as this one does. */
  canonicalDraw(draw: number): number;
}

const ALWAYS_BELOW = 101;
const PERCENT = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

export function readOverrides(supergraph: DocumentNode, activeLabels: readonly string[]): Overrides {
  const thresholds = new Map(activeLabels.map((label) => [label, ALWAYS_BELOW]));
  const percentFields = new Set<string>();
  const fieldSets: string[] = [];
  visit(supergraph, {
    FieldDefinition: ({ name, directives }) => {
      for (const applied of directives ?? []) {
        const label = joinArgument(applied, 'overrideLabel');
        const percent = label === undefined ? undefined : parsePercent(label);
        if (label === undefined || percent === undefined) continue;
        thresholds.set(label, percent);
        percentFields.add(name.value);
      }
    },
    Directive: (applied) => {
      for (const argument of ['key', 'requires', 'provides']) fieldSets.push(joinArgument(applied, argument) ?? '');
    },
  });
  const steps = [...thresholds.values()].filter((threshold) => threshold < ALWAYS_BELOW).sort((a, b) => b - a);
  // Plans read such a field though the operation does not name it.
  const isReadUnnamed = fieldSets.some((set) => namesInFieldSet(set).some((name) => percentFields.has(name)));
  return {
    labels: [...thresholds].map(([label, threshold]) => ({ label, threshold })),
    isActive: (label, draw) => draw < (thresholds.get(label) ?? 0),
    dependsOnDraw(fieldNames) {
      if (percentFields.size === 0 || isReadUnnamed) return percentFields.size > 0;
      for (const name of fieldNames) if (percentFields.has(name)) return true;
      return false;
    },
    canonicalDraw: (draw) => steps.find((step) => step <= draw) ?? 0,
  };
}

function parsePercent(label: string): number | undefined {
  const match = PERCENT.exec(label);
  return match ? Number(match[1]) : undefined;
}

function joinArgument({ name, arguments: args = [] }: DirectiveNode, argument: string): string | undefined {
  if (!name.value.startsWith('join__')) return undefined;
  const value = args.find((one) => one.name.value === argument)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function namesInFieldSet(fieldSet: string): string[] {
  if (fieldSet === '') return [];
  const names: string[] = [];
  visit(parse(`{ ${fieldSet} }`, { noLocation: true }), { Field: ({ name }) => void names.push(name.value) });
  return names;
}
