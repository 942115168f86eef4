/** Health check of the server in this container: exits with 0 if it answers 200, else with 1. */
const WAIT_MS = 4000;

try {
  const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT}/health`, { signal: AbortSignal.timeout(WAIT_MS) });
  process.exit(ok ? 0 : 1);
} catch {
  process.exit(1);
}
