/** A request → its variables with exact numbers, for subgraphs. The gateway itself reads JavaScript's numbers. */
import type { FastifyInstance } from 'fastify';
import { mayHaveLongNumbers, parseExact } from '../../kit/json/exact-numbers.ts';
import type { HttpRequest } from '../../pipeline/index.ts';

type Variables = Readonly<Record<string, unknown>>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Variables of the body; undefined if a double holds all of its numbers. */
    exactVariables: Variables | undefined;
  }
}

/** Parses bodies as Fastify does, and once more if there may be a number that a double does not hold. */
export function keepExactVariables(app: FastifyInstance): void {
  app.decorateRequest('exactVariables', undefined);
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (mayHaveLongNumbers(text)) request.exactVariables = parseVariables(text);
    return parse(request, text, done);
  });
}

/** Exact variables of the body or the URL; undefined if a double holds all of their numbers. */
export function exactVariablesOf({ exactVariables }: HttpRequest, search: string): Variables | undefined {
  if (exactVariables || !mayHaveLongNumbers(search)) return exactVariables;
  return parseVariables(`{"variables":${new URLSearchParams(search).get('variables') || 'null'}}`);
}

/** Undefined for text that is no JSON, which others refuse. */
function parseVariables(text: string): Variables | undefined {
  try {
    const { variables } = Object(parseExact(text)) as { readonly variables?: unknown };
    return typeof variables === 'object' && variables !== null ? { ...variables } : undefined;
  } catch {
    return undefined;
  }
}
