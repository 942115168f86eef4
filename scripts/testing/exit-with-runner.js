/**
 * Loaded into jest and its workers. Without its parent the process ends, whatever a test left open. With nothing left open it ends at
 * once: taking down the contexts of many suites takes longer than jest waits for a worker.
 */
const PARENT = process.ppid;
const LOOK_MS = 500;

setInterval(() => process.ppid !== PARENT && process.kill(process.pid, 'SIGTERM'), LOOK_MS).unref();
process.once('beforeExit', () => process.exit());
