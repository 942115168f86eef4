/** A request → its variables with numbers that a double does not hold, for subgraphs: everybody else has them as JavaScript has them. */
import type { FastifyInstance } from 'fastify';
import { mayHaveLongNumbers, parseExact } from '../../kit/json/exact-numbers.ts';
import type { HttpRequest } from '../../pipeline/index.ts';

type Variables = Readonly<Record<string, unknown>>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the body; undefined where it holds no such number. */
    exactVariables: Variables | undefined;
  }
}

/** Bodies are read as ever, and looked at once more where there may be such a number in them. */
export function keepExactVariables(app: FastifyInstance): void {
  app.decorateRequest('exactVariables', undefined);
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (mayHaveLongNumbers(text)) request.exactVariables = parseVariables(text);
    return parse(request, text, done);
  });
}

/** Of the body or the address; undefined where they hold no such number. */
export function exactVariablesOf({ exactVariables }: HttpRequest, search: string): Variables | undefined {
  if (exactVariables || !mayHaveLongNumbers(search)) return exactVariables;
  return parseVariables(`{"variables":${new URLSearchParams(search).get('variables') || 'null'}}`);
}

/** Undefined for what is no JSON, which others refuse. */
function parseVariables(text: string): Variables | undefined {
  try {
    const { variables } = Object(parseExact(text)) as { readonly variables?: unknown };
    return typeof variables === 'object' && variables !== null ? { ...variables } : undefined;
  } catch {
    return undefined;
  }
}
