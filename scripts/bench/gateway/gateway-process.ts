/** A gateway as a process, as a user runs it, with its files in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import type { PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import { createCredential, DEMO_IDENTITIES } from '@yiwang/gateway/playground/demo/index.ts';
import { inheritedEnvironment } from '../../demo/network/config.ts';

export interface GatewayProcess {
  readonly pid: number;
  readonly url: string;
  /** The header that identifies the ministry; empty for an open gateway. */
  readonly credential: Readonly<Record<string, string>>;
  /** File with the public keys of its passports, for lower gateways. */
  readonly passportKeysFile: string;
  writeNetwork(entries: readonly PlatformEntry[]): Promise<void>;
  /** Rewrites the supergraph with a comment, so that the gateway loads it again. */
  touchSupergraph(mark: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Resolves to the process's answer to a message, if a module loaded by `nodeFlags` answers it. */
  send<Reply>(message: object): Promise<Reply>;
  /** The value of a metric in `/metrics`. Throws if there is no metric of this name. */
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
}

export interface GatewayProcessOptions {
  readonly entries: readonly PlatformEntry[];
  readonly open?: boolean;
  /** Environment variables, such as limits. */
  readonly env?: Readonly<Record<string, string>>;
  /** Flags for Node. */
  readonly nodeFlags?: readonly string[];
}

const MAIN = fileURLToPath(new URL('./gateway-main.js', import.meta.url));
const SUPERGRAPH = fileURLToPath(new URL('../../../schema/supergraph.graphql', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export async function startGatewayProcess(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const { entries, open = false, env = {}, nodeFlags = [] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-map-'));
  const files = { network: join(folder, 'network.json'), supergraph: join(folder, 'supergraph.graphql') };
  const supergraph = await readFile(SUPERGRAPH, 'utf8');
  const replaceFile = async (file: string, text: string): Promise<void> => {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  };
  await replaceFile(files.network, JSON.stringify({ platforms: entries }));
  await replaceFile(files.supergraph, supergraph);
  const keys = await prepareDemoKeys(folder);
  const passportKeysFile = join(folder, 'passport-keys.json');
  await replaceFile(passportKeysFile, JSON.stringify({ keys: [keys.passport.publicJwk] }));
  const flags = ['--port', '0', '--data', folder, '--network', files.network, '--supergraph', files.supergraph];
  const child = spawn(process.execPath, ['--no-warnings', ...nodeFlags, MAIN, ...flags, ...(open ? ['--open'] : [])], {
    cwd: ROOT,
    env: { ...inheritedEnvironment(), LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { url, operatorUrl } = await readAddresses(child);
  const ministry = DEMO_IDENTITIES.find(({ name }) => name === 'ministry')!;
  const { header, value } = await createCredential(ministry, keys, { lifeSeconds: 24 * 3_600, nowMs: Date.now() });
  return {
    pid: child.pid!,
    url,
    credential: open ? {} : { [header]: value },
    passportKeysFile,
    writeNetwork: (next) => replaceFile(files.network, JSON.stringify({ platforms: next })),
    touchSupergraph: (mark) => replaceFile(files.supergraph, `${supergraph}\n# ${mark}\n`),
    signal: (name) => void child.kill(name),
    send: <Reply>(message: object) =>
      new Promise<Reply>((resolve, reject) => {
        child.once('message', (reply) => resolve(reply as Reply));
        child.send(message, (error) => error && reject(error));
      }),
    async metric(name) {
      const text = await readOnce(new URL('/metrics', operatorUrl));
      const line = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text);
      if (!line) throw new Error(`there is no metric "${name}"`);
      return Number(line[1]);
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Uses a connection of its own and closes it, so that reading metrics leaves nothing open. */
function readOnce(url: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

function readAddresses(child: ChildProcess): Promise<{ readonly url: string; readonly operatorUrl: string }> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const match = /"url":"([^"]+)".*"operatorUrl":"([^"]+)"/.exec(output);
      if (match) resolve({ url: match[1]!, operatorUrl: match[2]! });
    });
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${output}`)));
  });
}
