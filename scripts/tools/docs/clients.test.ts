import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { createClientSchema } from '../codegen/clients.ts';
import { scalarTypes } from '../codegen/scalar-types.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/clients.md'), 'utf8');

/** Headers of ours that the gateway's sources name. */
function headersInCode(): string[] {
  const text = ['gateway/http', 'gateway/identify']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !/testing|\.test\.ts$/.test(file))
        .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
    )
    .join('\n');
  return [...new Set(text.match(/\bx-(?:yiwang-[a-z-]+|api-key|request-id)\b/g))].sort();
}

describe('the page for developers of clients', () => {
  test('names every header of ours that the gateway reads', () => {
    const headers = headersInCode();
    expect(headers.length).toBeGreaterThan(5);
    expect(headers.filter((header) => !PAGE.includes(`\`${header}`))).toEqual([]);
  });

  test('gives the type of every scalar that the open schema has', () => {
    for (const [name, { output }] of Object.entries(scalarTypes(parse(createClientSchema('open'))))) {
      if (name !== 'ID') expect(PAGE).toContain(`| \`${name}\` | \`${output}\` |`);
    }
  });
});
