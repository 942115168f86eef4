/** The response that plugins of Apollo Server leave → its body, its place in the record, and the faults of plugins. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { GraphQLResponse } from '@apollo/server';
import type { CancelSignal } from '../../model/validated-operation.ts';
import { serializeAnswer } from '../response/serialized-data.ts';
import type { QueryContext } from './query-context.ts';

/** Throws an `Error` if a plugin put something into the result that is no JSON. */
export function writeResult({ body }: GraphQLResponse): Buffer | string {
  if (body.kind !== 'single') throw new Error('an answer in parts was not asked for');
  const { errors, data, extensions } = body.singleResult;
  return serializeAnswer({ errors, data, extensions }) ?? `${JSON.stringify({ errors, data, extensions })}\n`;
}

/** Throws a `TypeError` for a header that HTTP does not allow. */
export function assertHeaders(headers: ReadonlyMap<string, string>): void {
  for (const [name, value] of headers) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
}

/** The record counts the rows that go out, also of an operation that a plugin answered without the engine. */
export function recordPluginData({ body }: GraphQLResponse, { context, outcome }: QueryContext): void {
  if (body.kind !== 'single') return;
  const { data } = body.singleResult;
  if (data === undefined || data === null) context.data = data;
  else if (outcome.isOfPlugin) context.data = { bytes: Buffer.from(JSON.stringify(data)), rows: undefined };
}

/**
 * Rejects if `work` is not done `graceMs` after the operation was aborted: a plugin that never comes back would hold its
 * slot for ever.
 */
export function abandonAfter<T>(work: Promise<T>, signal: CancelSignal, graceMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let overdue: NodeJS.Timeout | undefined;
    const abandon = (): void => {
      const message = `Plugins of Apollo Server were not done ${graceMs} ms after the end of the operation.`;
      overdue = setTimeout(() => reject(new Error(message)), graceMs);
    };
    const off = signal.onAbort(abandon);
    if (signal.aborted) abandon();
    const settle = (): void => {
      off();
      clearTimeout(overdue);
    };
    work.then(resolve, reject).finally(settle);
  });
}
