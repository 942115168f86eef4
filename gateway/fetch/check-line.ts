/** Whether the server at an address answers at all: asked for what every GraphQL server has at hand, past all queues. */
import { isAnswered } from './condition.ts';
import type { Line } from './line.ts';

export const CHECK_BODY = '{"query":"{__typename}"}';

/** A refusal is an answer, too. `done` is called once, and not before this returns. */
export function checkLine(line: Line, withinMs: number, done: (isWell: boolean) => void): void {
  let isOver = false;
  const settle = (isWell: boolean): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    done(isWell);
  };
  const timer = setTimeout(() => {
    exchange.end();
    settle(false);
  }, withinMs);
  timer.unref();
  const headers = ['content-type', 'application/json', 'accept', 'application/json'];
  const exchange = line.send(headers, CHECK_BODY, 'fresh', (outcome) => settle(isAnswered(outcome)));
}
