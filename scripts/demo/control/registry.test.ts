/** Commands find the running network, and printed commands reach the network that printed them. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import { chooseDataFolder } from '../../cli/config.ts';
import { describeNetwork } from '../network/describe.ts';
import { type LockedFolder, lockFolder } from './data-folder.ts';
import { DEFAULT_FOLDER, dataFlagFor, readRunningNetworks, registerNetwork } from './registry.ts';

const gatewayUrl = 'http://127.0.0.1:4001/graphql';
let home: string;
let registry: string;
let locks: LockedFolder[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'yiwang-registry-'));
  registry = join(home, 'running');
  locks = [];
});
afterEach(async () => {
  await Promise.all(locks.map((one) => one.release()));
  rmSync(home, { recursive: true, force: true });
});

/** Registers a network with the id of this process. */
async function start(name: string, pid = process.pid) {
  const folder = join(home, name);
  locks.push(await lockFolder(folder));
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ pid }));
  return { folder, leave: await registerNetwork({ pid, folder, gatewayUrl }, registry) };
}

describe('the registry', () => {
  test('lists a network from its start to its stop', async () => {
    expect(await readRunningNetworks(registry)).toEqual([]);
    const { folder, leave } = await start('one');
    expect(await readRunningNetworks(registry)).toEqual([{ pid: process.pid, folder, gatewayUrl }]);
    await leave();
    expect(await readRunningNetworks(registry)).toEqual([]);
  });

  test('drops a killed network, and a network whose folder another one has locked', async () => {
    await start('killed', 2 ** 22 + 1);
    const { folder } = await start('one');
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ pid: process.ppid }));
    writeFileSync(join(registry, '7.json'), 'no network');
    expect(await readRunningNetworks(registry)).toEqual([]);
    expect(readdirSync(registry)).toEqual([]);
  });

  test('stays empty, without an error, if it is not writable', async () => {
    const file = join(home, 'a-file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    const leave = await registerNetwork({ pid: process.pid, folder: home, gatewayUrl }, join(file, 'running'));
    await leave();
    expect(await readRunningNetworks(join(file, 'running'))).toEqual([]);
  });
});

describe('the data folder of a command', () => {
  const one = { pid: 1, folder: '/data/one', gatewayUrl };
  const two = { pid: 2, folder: '/data/two', gatewayUrl: 'http://127.0.0.1:4002/graphql' };

  test('is the named one, else that of the running network, else the default', async () => {
    expect(await chooseDataFolder('x', async () => [one, two])).toEqual({ folder: resolve('x'), kind: 'named' });
    expect(await chooseDataFolder(undefined, async () => [one])).toEqual({ folder: '/data/one', kind: 'running' });
    expect(await chooseDataFolder('', async () => [])).toEqual({ folder: DEFAULT_FOLDER, kind: 'default' });
  });

  test('must be named if several networks run', async () => {
    await expect(chooseDataFolder(undefined, async () => [one, two])).rejects.toThrow(
      `Several demo networks run; say which by --data: /data/one (${gatewayUrl}), /data/two (${two.gatewayUrl}).`,
    );
  });
});

describe('printed commands', () => {
  test('contain the data folder if it is not the default', () => {
    expect(dataFlagFor(DEFAULT_FOLDER)).toBe('');
    expect(dataFlagFor('/srv/demo-2')).toBe(' --data /srv/demo-2');
    expect(dataFlagFor("/srv/it's here")).toBe(` --data '/srv/it'\\''s here'`);
  });

  test('of a network reach that network', async () => {
    const keys = await prepareDemoKeys(home);
    const described = await describeNetwork({ gatewayUrl, folder: home, keys, elapsedMs: 1, nowMs: Date.now() });
    const commands = described.match(/npx yiwang .*/g) ?? [];
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) expect(command).toContain(` --data ${home}`);
  });
});
