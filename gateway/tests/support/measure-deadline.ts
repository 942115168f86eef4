/** Deadlines for tests in which something hangs: long enough for everything else, however busy the machine is. */
const FACTOR = 20;
const DEADLINE_MIN_MS = 400;

/**
 * Milliseconds, from how long `work` takes when nothing hangs. It is done twice: the first time, planners start.
 * `leastMs`: more for gateways below gateways, each of which keeps a part of the time to itself.
 */
export async function measureDeadline(work: () => Promise<unknown>, leastMs = DEADLINE_MIN_MS): Promise<number> {
  await work();
  const startedMs = performance.now();
  await work();
  return Math.max(leastMs, Math.ceil(FACTOR * (performance.now() - startedMs)));
}
