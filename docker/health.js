/** Asks the server in this container for its health; ends with 0 where it answers 200, with 1 if it does not. */
const WAIT_MS = 4000;

try {
  const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT}/health`, { signal: AbortSignal.timeout(WAIT_MS) });
  process.exit(ok ? 0 : 1);
} catch {
  process.exit(1);
}
