/**
 * Preloaded into jest and its workers. The process ends with its parent, whatever a test left open. If nothing is left open, it exits
 * at once: tearing down the contexts of many suites takes longer than jest waits for a worker.
 */
const PARENT = process.ppid;
const LOOK_MS = 500;

setInterval(() => process.ppid !== PARENT && process.kill(process.pid, 'SIGTERM'), LOOK_MS).unref();
process.once('beforeExit', () => process.exit());
