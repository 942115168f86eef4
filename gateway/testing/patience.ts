/** Deadlines for tests in which something hangs: long enough for everything else on this machine, however busy it is. */
const TIMES = 20;
const LEAST_MS = 400;

/**
 * Milliseconds, from how long `work` takes when nothing hangs. It is done twice: the first time, planners start. `leastMs`: more for
 * gateways below gateways, each of which keeps a part of the time to itself.
 */
export async function patienceFor(work: () => Promise<unknown>, leastMs = LEAST_MS): Promise<number> {
  await work();
  const startedMs = performance.now();
  await work();
  return Math.max(leastMs, Math.ceil(TIMES * (performance.now() - startedMs)));
}
