import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const METRIC = /\byiwang_[a-z_]+\b/g;

/** The gateway's sources, without tests. */
const sources = readdirSync(join(ROOT, 'gateway'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/(^|\/)(tests|node_modules)\/|testing|\.test\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(ROOT, 'gateway', file), 'utf8') }));

/** Without those of the record and the registry, whose roles of PostgreSQL begin alike. */
function metricsInCode(): string[] {
  const text = sources.flatMap(({ file, text }) => (/^(record|registry)\//.test(file) ? [] : [text])).join('\n');
  return [...new Set(text.match(METRIC))].sort();
}

/** Messages of warnings and errors. */
function logMessages(): string[] {
  const call = /\blog\.(?:warn|error)\((?:[^()'"`]|\([^()]*\))*?(['"`])((?:(?!\1).)+)\1,?\s*\)/gs;
  const messages = sources.flatMap(({ text }) => [...text.matchAll(call)].map((match) => match[2]!));
  return [...new Set(messages)];
}

const page = readFileSync(join(ROOT, 'docs/operating.md'), 'utf8');
const alerts = readFileSync(join(ROOT, 'examples/prometheus/alerts.yml'), 'utf8');

describe('the page for operators', () => {
  test('explains every metric of the gateway in a table, and no other', () => {
    const explained = [...page.matchAll(/^\| `(yiwang_[a-z_]+)`/gm)].map(([, name]) => name!).sort();
    expect(explained).toEqual(metricsInCode());
    expect(explained.length).toBeGreaterThan(10);
  });

  test('explains every warning and every error in the log', () => {
    const messages = logMessages();
    expect(messages.length).toBeGreaterThan(12);
    expect(messages.filter((message) => !page.includes(message))).toEqual([]);
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
