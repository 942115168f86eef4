/** Planners in processes of their own: what an operation does to its planner happens to no other operation. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS, LIMIT_RULES, type Limits } from '../../../model/limits.ts';
import { composeWorld } from '../../../tests/reference/worlds/compose-world.ts';
import { MEDIA } from '../../../tests/reference/worlds/media.ts';
import { readPlanningOf } from '../../../tests/support/read-planning.ts';
import type { Planner, SlowPlan } from '../../planner.ts';
import { createPlanner, type PlannerOptions } from '../create-planner.ts';
import { PlannerCrashedError, type PlannerProcess, startPlannerProcess } from './planner-process.ts';

const SUPERGRAPH = composeWorld(MEDIA);
/** No machine is so busy that an easy plan takes as long. */
const PATIENT: Limits = { ...DEFAULT_LIMITS, planMs: 50_000 };
/** Valid, and the end of a process in which the Rust planner plans it. */
const ENDS_HIVE = '{ media { related { tags: tags ... on Media { tags } } } }';
const EASY = '{ media { title } }';

/** Takes the Rust planner time that doubles with each level. */
function doubling(levels: number): string {
  const fragments = Array.from({ length: levels }, (_, level) => {
    const next = `{ ...f${level + 1} }`;
    return `fragment f${level} on Media { a: related ${next} b: related ${next} }`;
  });
  return `{ media { ...f0 } } ${fragments.join(' ')} fragment f${levels} on Media { __typename }`;
}
const ENDLESS = doubling(40);

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function startHive(limits: Partial<Limits> = {}, isFallback = false): Promise<PlannerProcess> {
  const spec = { kind: 'hive', supergraph: SUPERGRAPH, plansWeighedMax: 100 } as const;
  const started = await startPlannerProcess(spec, isFallback, { ...PATIENT, ...limits });
  open.push(started);
  return started;
}

async function startBoth(options: PlannerOptions = {}): Promise<Planner> {
  const planner = await createPlanner(readPlanningOf(SUPERGRAPH), { runIn: 'process', limits: PATIENT, ...options });
  open.push(planner);
  return planner;
}

/** Resolves when there is another process. */
async function untilOther(planner: PlannerProcess, pid: number | undefined): Promise<number> {
  for (;;) {
    const other = planner.pid();
    if (other !== undefined && other !== pid) return other;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a planner in a process', () => {
  test('a planner process plans many operations at a time', async () => {
    const planner = await startHive();
    const plans = await Promise.all(Array.from({ length: 30 }, () => planner.plan(EASY, undefined)));
    for (const { node, tookMs } of plans) {
      expect(node).toMatchObject({ kind: 'Fetch' });
      expect(tookMs).toBeGreaterThan(0);
    }
  });

  test('a process that an operation ended starts again, and the other operations are planned', async () => {
    const planner = await startHive();
    const pid = planner.pid();
    const settled = await Promise.allSettled(
      [EASY, ENDS_HIVE, EASY, EASY, EASY].map((text) => planner.plan(text, undefined)),
    );
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect((settled[1] as PromiseRejectedResult).reason).toBeInstanceOf(PlannerCrashedError);
    expect(planner.pid()).not.toBe(pid);
  });

  test('after a process ended with several operations, each is tried alone, and the one that ends it again is rejected', async () => {
    const planner = await startHive({ planMs: 600_000 });
    const endless = [ENDLESS, ENDLESS].map((text) => planner.plan(text, undefined).catch((reason) => reason));
    const first = planner.pid()!;
    process.kill(first, 'SIGKILL');
    const second = await untilOther(planner, first);
    process.kill(second, 'SIGKILL');
    expect(await endless[0]).toBeInstanceOf(PlannerCrashedError);
    process.kill(await untilOther(planner, second), 'SIGKILL');
    expect(await endless[1]).toBeInstanceOf(PlannerCrashedError);
    expect(await planner.plan(EASY, undefined)).toMatchObject({ node: { kind: 'Fetch' } });
  });

  test('a process that takes too long is killed: its operation is refused, and those beside it are planned', async () => {
    const planner = await startHive({ planMs: 300 });
    const pid = planner.pid()!;
    const late = planner.plan(ENDLESS, undefined).catch((reason) => reason);
    const beside = Array.from({ length: 9 }, () => planner.plan(EASY, undefined));
    expect(await late).toMatchObject({ code: 'TOO_COSTLY', extensions: { limit: 'planMs', max: 300 } });
    await Promise.all(beside);
    await planner.plan(EASY, undefined);
    expect(isAlive(pid)).toBe(false);
  });

  test('a short operation on an interface whose fields are in several subgraphs is refused after planMs', async () => {
    let selection = 'title';
    for (let level = 0; level < 18; level++) selection = `related { ${selection} }`;
    const planner = await startHive({ planMs: 300 });
    await expect(planner.plan(`{ media { ${selection} } }`, undefined)).rejects.toMatchObject({ code: 'TOO_COSTLY' });
  });

  test('a process that takes too much memory ends, and its operation is rejected', async () => {
    const planner = await startHive({ planMs: 600_000, plannerBytesMax: LIMIT_RULES.plannerBytesMax.min });
    await expect(planner.plan(ENDLESS, undefined)).rejects.toThrow(/bytes of memory/);
    expect(await planner.plan(EASY, undefined)).toMatchObject({ node: { kind: 'Fetch' } });
  });

  test('operations beyond plansWaitingMax are refused', async () => {
    const planner = await startHive({ plansWaitingMax: 3 });
    const three = [EASY, EASY, EASY].map((text) => planner.plan(text, undefined));
    await expect(planner.plan(EASY, undefined)).rejects.toMatchObject({
      code: 'OVERLOADED',
      extensions: { limit: 'plansWaitingMax', max: 3 },
    });
    await Promise.all(three);
    await planner.plan(EASY, undefined);
  });

  test('close kills the process and rejects the operations that wait', async () => {
    const planner = await startHive();
    const pid = planner.pid()!;
    const waited = planner.plan(ENDLESS, undefined).catch((reason) => reason.message);
    planner.close();
    expect(await waited).toBe('the planner is closed');
    await expect(planner.plan(EASY, undefined)).rejects.toThrow('the planner is closed');
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('a planner process ends with its parent, even while it plans', async () => {
    const main = JSON.stringify(new URL('./planner-main.js', import.meta.url).pathname);
    const spec = JSON.stringify({ kind: 'hive', supergraph: SUPERGRAPH, plansWeighedMax: 100 });
    const script = `const child = require('node:child_process').fork(${main});
      child.once('message', () => {
        child.send({ id: 1, operation: ${JSON.stringify(ENDLESS)} });
        console.log(child.pid);
      });
      child.send({ ...${spec}, bytesMax: 1e12 });`;
    const asks = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'], env: {} });
    const [output] = (await once(asks.stdout, 'data')) as [Buffer];
    asks.kill('SIGKILL');
    const pid = Number(output.toString());
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('a fallback process ends when it has nothing to do, and starts again when needed', async () => {
    const planner = await startHive({ plannerIdleMs: 1 }, true);
    const pid = planner.pid();
    while (planner.pid() !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await planner.plan(EASY, undefined)).toMatchObject({ node: { kind: 'Fetch' } });
    expect(pid).not.toBe(planner.pid());
  });

  test('a planner process does not start with a text that is no supergraph', async () => {
    const spec = { kind: 'hive', supergraph: 'type Query {', plansWeighedMax: 100 } as const;
    await expect(startPlannerProcess(spec, false, DEFAULT_LIMITS)).rejects.toThrow();
  });

  test('a planner process that is not ready within plannerStartMs fails to start', async () => {
    await expect(startHive({ plannerStartMs: 1 })).rejects.toThrow('was not ready within 1 ms');
  });
});

describe('both planners in processes', () => {
  test("an operation that ends the Rust planner is planned by Apollo's", async () => {
    const reasons: unknown[] = [];
    const slow: SlowPlan[] = [];
    const planner = await startBoth({
      onFallback: (reason) => reasons.push(reason),
      onSlowPlan: (plan) => slow.push(plan),
      limits: { ...PATIENT, slowPlanMs: 0 },
    });
    expect(await planner.plan(ENDS_HIVE, undefined)).toMatchObject({ kind: 'sequence' });
    expect(reasons).toEqual([expect.any(PlannerCrashedError)]);
    expect(slow.map(({ planner }) => planner)).toEqual(['apollo']);
  });

  test("an operation that ended the Rust planner goes to Apollo's at once when it comes again", async () => {
    const reasons: unknown[] = [];
    const planner = await startBoth({ onFallback: (reason) => reasons.push(reason) });
    await planner.plan(ENDS_HIVE, undefined);
    const beside = planner.plan(EASY, undefined);
    await planner.plan(ENDS_HIVE, undefined);
    await beside;
    expect(reasons).toHaveLength(2);
    expect(reasons[1]).toBe(reasons[0]);
  });

  test('an operation that takes too long is refused, and reported as a slow plan', async () => {
    const slow: SlowPlan[] = [];
    const planner = await startBoth({
      limits: { ...DEFAULT_LIMITS, planMs: 300, slowPlanMs: 10_000, slowPlanTextMax: 20 },
      onSlowPlan: (plan) => slow.push(plan),
    });
    await planner.plan(EASY, undefined);
    await expect(planner.plan(ENDLESS, undefined)).rejects.toMatchObject({ code: 'TOO_COSTLY' });
    expect(slow).toEqual([{ operation: ENDLESS.slice(0, 20), planner: 'hive', tookMs: 300, isRefused: true }]);
  });
});
