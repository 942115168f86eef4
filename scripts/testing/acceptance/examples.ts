/** Runs the files in examples/ against the running network, as a reader would. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { readQuestions } from '../../tools/examples/questions.ts';
import { type Answer, type GetNetwork, WAIT_MS } from './network-client.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

export function testExamples(network: GetNetwork): void {
  describe('examples/', () => {
    test(
      'each question has a script that asks it',
      async () => {
        for (const { file, identity, operationName } of await readQuestions()) {
          const script = `examples/questions/${file.replace('.graphql', '.sh')}`;
          const env = {
            ...process.env,
            YIWANG_URL: network().gatewayUrl,
            YIWANG_TOKEN: await secretOf(network, identity),
          };
          const { stdout } = await run('sh', [script], { cwd: ROOT, env });
          const { data, errors } = JSON.parse(stdout) as Answer;
          expect([operationName, errors]).toEqual([operationName, undefined]);
          expect(Object.keys(data).length).toBeGreaterThan(0);
        }
      },
      WAIT_MS,
    );

    test(
      'the typed client prints the nearest toilets',
      async () => {
        const env = {
          ...process.env,
          YIWANG_URL: network().gatewayUrl,
          YIWANG_API_KEY: await secretOf(network, 'app'),
        };
        const args = ['--import', 'tsx', 'examples/typescript/toilets.ts'];
        const { stdout, stderr } = await run(process.execPath, args, { cwd: ROOT, env });
        expect(stderr).toBe('');
        expect(stdout.trim().split('\n')).toHaveLength(3);
        expect(stdout).toMatch(/^[\d.]+ m {2}\S+/);
      },
      WAIT_MS,
    );
  });
}

/** Without the scheme of its header. */
async function secretOf(network: GetNetwork, identity: string): Promise<string> {
  const { value } = await network().credential(identity);
  return value.replace(/^Bearer /, '');
}
