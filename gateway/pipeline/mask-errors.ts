/**
 * Errors of subgraphs → what clients see of them: path and code. A message of a subgraph may contain anything, such as
 * a password of its database; the log has the messages under the id of the request.
 */
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { SubgraphError } from '../model/errors.ts';
import type { IncrementalResult } from '../model/validated-operation.ts';

export interface ErrorMask {
  errors(errors: readonly GraphQLError[], requestId: string): readonly GraphQLError[];
  results(results: AsyncIterable<IncrementalResult>, requestId: string): AsyncIterable<IncrementalResult>;
}

const MESSAGE = 'A subgraph reported an error; the log has its message under the id of this request.';
/** A code that clients can compare, not a text. */
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;
/** Errors of one answer that are logged. */
const LOGGED_MAX = 10;
/** Characters of a logged message. */
const LOGGED_TEXT_MAX = 500;

/** Errors of the gateway itself are not masked. */
export function createErrorMask(log: Logger): ErrorMask {
  const mask: ErrorMask['errors'] = (errors, requestId) => {
    const foreign = errors.filter((error) => error instanceof SubgraphError);
    if (foreign.length === 0) return errors;
    const logged = foreign.slice(0, LOGGED_MAX).map(({ message, path }) => ({
      path: path?.join('.'),
      message: message.slice(0, LOGGED_TEXT_MAX),
    }));
    log.warn({ requestId, errors: logged, count: foreign.length }, 'subgraphs reported errors');
    return errors.map((error) => (error instanceof SubgraphError ? maskError(error) : error));
  };
  return {
    errors: mask,
    async *results(results, requestId) {
      for await (const result of results) {
        const payloads = result.payloads.map((payload) => ({ ...payload, errors: mask(payload.errors, requestId) }));
        yield { ...result, payloads };
      }
    },
  };
}

function maskError({ path, extensions: { code } }: SubgraphError): SubgraphError {
  const shownExtensions = typeof code === 'string' && CODE.test(code) ? { code } : {};
  return new SubgraphError(MESSAGE, { path, extensions: shownExtensions });
}
