import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const METRIC = /\byiwang_[a-z_]+\b/g;

/** Every name of a metric in the gateway's sources. */
function metricsInCode(): string[] {
  const files = readdirSync(join(ROOT, 'gateway'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/(^|\/)(tests|record|node_modules)\//.test(file),
  );
  const text = files.map((file) => readFileSync(join(ROOT, 'gateway', file), 'utf8')).join('\n');
  return [...new Set(text.match(METRIC))].sort();
}

const page = readFileSync(join(ROOT, 'docs/operating.md'), 'utf8');
const alerts = readFileSync(join(ROOT, 'examples/prometheus/alerts.yml'), 'utf8');

describe('the page for operators', () => {
  test('explains every metric of the gateway in a table, and no other', () => {
    const explained = [...page.matchAll(/^\| `(yiwang_[a-z_]+)`/gm)].map(([, name]) => name!).sort();
    expect(explained).toEqual(metricsInCode());
    expect(explained.length).toBeGreaterThan(10);
  });

  test('names every alert of the rules', () => {
    const rules = (parse(alerts) as Alerts).groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(5);
    for (const { alert } of rules) expect(page).toContain(`\`${alert}\``);
  });
});

test('the alerts ask for metrics that there are, and say what happened', () => {
  const known = metricsInCode();
  const rules = (parse(alerts) as Alerts).groups.flatMap((group) => group.rules);
  for (const { expr, annotations } of rules) {
    const named = (expr.match(METRIC) ?? []).map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    expect(annotations.summary).toMatch(/^(?:[A-Z]|\{\{).*\.$/s);
  }
});

interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly annotations: { readonly summary: string };
    }[];
  }[];
}
