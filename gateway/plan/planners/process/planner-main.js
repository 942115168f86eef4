/**
 * A planner as a process of its own. The first message is a `ProcessSpec`, answered by `{ ready: true }` or `{ failed
 * }`. Each further message is `{ id, operation, operationName, draw }`, answered by `{ id, node, tookMs }` or `{ id,
 * failed }`.
 */
import { loadPlanner } from '../load-planner.js';

// The parent is gone. An orderly exit would wait for plans in progress, which may never end.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));

process.once('message', async (spec) => {
  keepWithin(spec.bytesMax);
  try {
    const plan = await loadPlanner(spec);
    process.on('message', (job) => void answer(plan, job));
    process.send({ ready: true });
  } catch (error) {
    process.send({ failed: error.message });
  }
});

const LOOK_MS = 50;

/** Memory of the Rust planner is outside the heap that Node.js limits. */
function keepWithin(bytesMax) {
  const look = () => {
    if (process.memoryUsage.rss() <= bytesMax) return;
    process.stderr.write(`more than ${bytesMax} bytes of memory\n`, () => process.kill(process.pid, 'SIGKILL'));
  };
  setInterval(look, LOOK_MS).unref();
}

async function answer(plan, { id, operation, operationName, draw }) {
  try {
    process.send({ id, ...(await plan(operation, operationName, draw)) });
  } catch (error) {
    process.send({ id, failed: error.message });
  }
}
