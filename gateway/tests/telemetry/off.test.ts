/** A gateway that nobody asks for traces does not load the SDK of OpenTelemetry. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'yiwang-off-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The API alone is loaded by Apollo's planner. */
const SCRIPT = `
  import Module from 'node:module';
  import { runGateway } from './gateway/main.ts';
  const flags = ['--open', '--port', '0', '--data', ${JSON.stringify(folder)}, '--supergraph', 'schema/supergraph.graphql'];
  const result = await runGateway(flags);
  const loaded = Object.keys(Module._cache).filter((file) => /@opentelemetry.(sdk|exporter|otlp)/.test(file));
  console.log(JSON.stringify({ kind: result.kind, loaded: loaded.length }));
  process.exit(0);`;

/** Starts a gateway in a process of its own and counts the files of the SDK that it loaded. */
function countLoaded(env: Readonly<Record<string, string>>): { readonly kind: string; readonly loaded: number } {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  const args = ['--no-warnings', '--import', 'tsx', '--input-type=module', '--eval', SCRIPT];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...rest, OPERATOR_PORT: 'off', LOG_LEVEL: 'silent', ...env },
    encoding: 'utf8',
  });
  const line = stdout.trim().split('\n').at(-1);
  if (!line) throw new Error(stderr);
  return JSON.parse(line) as ReturnType<typeof countLoaded>;
}

test('without the variables of OpenTelemetry nothing of its SDK is loaded', () => {
  expect(countLoaded({})).toEqual({ kind: 'started', loaded: 0 });
});

test('OTEL_SDK_DISABLED turns traces off, and an endpoint turns them on', () => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
  expect(countLoaded({ ...endpoint, OTEL_SDK_DISABLED: 'true' })).toEqual({ kind: 'started', loaded: 0 });
  expect(countLoaded(endpoint).loaded).toBeGreaterThan(50);
});
