/** Loaded into jest and its workers: without its parent the process ends, whatever a test left open. */
const PARENT = process.ppid;
const LOOK_MS = 500;

setInterval(() => process.ppid !== PARENT && process.kill(process.pid, 'SIGTERM'), LOOK_MS).unref();
