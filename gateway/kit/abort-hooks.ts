/** What is to happen when a signal is aborted, with one listener on the signal, however many wait. */
import { createRoster } from './roster.ts';

export interface AbortHooks {
  /** Returns what takes the hook away again. On a signal that is aborted already the hook is never called. */
  add(hook: () => void): () => void;
}

export function createAbortHooks(signal: AbortSignal): AbortHooks {
  const hooks = createRoster<() => void>();
  signal.addEventListener(
    'abort',
    () => {
      for (const hook of hooks.list()) hook();
    },
    { once: true },
  );
  return hooks;
}
