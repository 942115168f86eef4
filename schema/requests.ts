/** The kinds of hotline requests and their limits: a profile of one city, since the limit stands on the order. */
import { lazily, readData } from './data-file.ts';
import { StandardError, shown } from './standard-error.ts';
import { parseTimeLimit, type TimeLimit } from './time-limit.ts';

export type RequestKind = 'INQUIRY' | 'HELP' | 'COMPLAINT' | 'REPORT' | 'SUGGESTION' | 'PRAISE';

export interface RequestKindRule {
  readonly kind: RequestKind;
  readonly name: string;
  /** From the dispatch to the answer. */
  readonly limit: TimeLimit;
}

interface RequestsFile {
  readonly kinds: readonly { readonly kind: RequestKind; readonly name: string; readonly limit: string }[];
  /** Within which the requester of an urgent request is called. */
  readonly urgentContact: string;
}

const file = lazily(() => readData<RequestsFile>('requests.json'));

export const requestKinds: () => readonly RequestKindRule[] = lazily(() =>
  file().kinds.map((rule) => ({ ...rule, limit: parseTimeLimit(rule.limit) })),
);

export function requestLimit(kind: RequestKind): TimeLimit {
  const rule = requestKinds().find((known) => known.kind === kind);
  if (rule === undefined) throw new StandardError('LIMIT', `${shown(kind)} is not a kind of request`);
  return rule.limit;
}
