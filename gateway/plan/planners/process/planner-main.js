/**
 * A planner as a process of its own, asked by messages: a `ProcessSpec` first, which is answered by `{ ready: true }` or
 * `{ failed }`; then `{ id, operation, operationName, draw }`, each answered by `{ id, node, tookMs }` or `{ id, failed }`.
 */
import { loadPlanner } from '../load-planner.js';

// Whoever asked is gone. An orderly exit would wait for plans at work, which may take for ever.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));

process.once('message', async (spec) => {
  keepWithin(spec.bytesMax);
  try {
    const plan = await loadPlanner(spec);
    process.on('message', (asked) => void answer(plan, asked));
    process.send({ ready: true });
  } catch (error) {
    process.send({ failed: error.message });
  }
});

const LOOK_MS = 50;

/** What the Rust planner takes is not of the heap that Node.js bounds. */
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
