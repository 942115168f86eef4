/**
 * Lets a few through in each turn of the event loop, in the order in which they came. Where more comes than can be done, work that is
 * begun goes on before more is begun: less is held at one time, and nobody waits much longer than others. Where the loop is idle,
 * nobody waits.
 */
export interface Turnstile {
  /** Undefined where one may go on at once. */
  pass(): Promise<void> | undefined;
}

export function createTurnstile(perTurn: number): Turnstile {
  const waiting: (() => void)[] = [];
  let room = perTurn;
  const turn = (): void => {
    room = perTurn;
    for (; room > 0 && waiting.length > 0; room--) waiting.shift()!();
    if (room < perTurn) setImmediate(turn);
  };
  return {
    pass() {
      if (room > 0) {
        if (room === perTurn) setImmediate(turn);
        room--;
        return undefined;
      }
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
  };
}
