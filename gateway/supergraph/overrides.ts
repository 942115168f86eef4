/**
 * Supergraph → the labels of `@override` that are active for an operation. For labels `percent(n)` each operation makes
 * one draw from 0 up to 100, which is compared with all percentages: n of them have n + 1 outcomes at most. Any other
 * label is active if the configuration names it. Without an active label, a field stays with the old subgraph.
 */
import { applicationsOf, argumentsOf } from '@yiwang/schema';
import { type DocumentNode, visit } from 'graphql';
import type { Overrides } from '../model/supergraph/overrides.ts';
import { fieldNamesIn } from './field-sets.ts';

const ALWAYS_BELOW = 101;
const PERCENT = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

export function readOverrides(supergraph: DocumentNode, activeLabels: readonly string[]): Overrides {
  const thresholds = new Map(activeLabels.map((label) => [label, ALWAYS_BELOW]));
  const percentFields = new Set<string>();
  const fieldSets: string[] = [];
  visit(supergraph, {
    FieldDefinition: (field) => {
      for (const { overrideLabel } of applicationsOf(field, 'join__field')) {
        const percent = typeof overrideLabel === 'string' ? parsePercent(overrideLabel) : undefined;
        if (typeof overrideLabel !== 'string' || percent === undefined) continue;
        thresholds.set(overrideLabel, percent);
        percentFields.add(field.name.value);
      }
    },
    Directive: (applied) => {
      if (!applied.name.value.startsWith('join__')) return;
      const { key, requires, provides } = argumentsOf(applied);
      for (const fieldSet of [key, requires, provides]) {
        if (typeof fieldSet === 'string' && fieldSet !== '') fieldSets.push(fieldSet);
      }
    },
  });
  const steps = [...thresholds.values()].filter((threshold) => threshold < ALWAYS_BELOW).sort((a, b) => b - a);
  // Plans may read such a field although the operation does not select it.
  const isReadUnnamed = fieldSets.some((set) => fieldNamesIn(set).some((name) => percentFields.has(name)));
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
