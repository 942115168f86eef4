/** What is to happen when a signal is aborted, with one listener per signal, however many wait on it. */
export interface AbortHooks {
  /** Returns what takes the hook away again. On a signal that is aborted already the hook is never called. */
  add(signal: AbortSignal, hook: () => void): () => void;
}

export function createAbortHooks(): AbortHooks {
  const hooksOf = new WeakMap<AbortSignal, Set<() => void>>();
  return {
    add(signal, hook) {
      let hooks = hooksOf.get(signal);
      if (!hooks) {
        const created = new Set<() => void>();
        signal.addEventListener('abort', () => callAll(created), { once: true });
        hooksOf.set(signal, created);
        hooks = created;
      }
      hooks.add(hook);
      return () => hooks.delete(hook);
    },
  };
}

function callAll(hooks: Set<() => void>): void {
  for (const hook of [...hooks]) hook();
  hooks.clear();
}
