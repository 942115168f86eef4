/** Preloaded into a gateway: reports memory after a garbage collection, event-loop delay and open resources. Needs `--expose-gc`. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const NS_PER_MS = 1e6;

process.on('message', () => {
  const delayMs = { p50: delay.percentile(50), p99: delay.percentile(99), max: delay.max };
  for (const name of Object.keys(delayMs)) delayMs[name] = delayMs[name] / NS_PER_MS;
  globalThis.gc();
  const { heapUsed, rss, external } = process.memoryUsage();
  const open = {};
  for (const kind of process.getActiveResourcesInfo()) open[kind] = (open[kind] ?? 0) + 1;
  process.send({ heapBytes: heapUsed, externalBytes: external, rssBytes: rss, delayMs, open }, () => delay.reset());
});
process.channel?.unref();
