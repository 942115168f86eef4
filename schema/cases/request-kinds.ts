/**
 * The kinds of hotline requests and their limits: the profile of one city, since each work order states its own
 * limit.
 */
import { once, readData } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';
import { parseTimeLimit, type TimeLimit } from '../time/time-limit.ts';

export type RequestKind = 'INQUIRY' | 'HELP' | 'COMPLAINT' | 'REPORT' | 'SUGGESTION' | 'PRAISE';

export interface RequestKindRule {
  readonly kind: RequestKind;
  readonly name: string;
  /** From the dispatch to the answer. */
  readonly limit: TimeLimit;
}

interface RequestsFile {
  readonly kinds: readonly { readonly kind: RequestKind; readonly name: string; readonly limit: string }[];
  /** The time within which the requester of an urgent request is called. */
  readonly urgentContact: string;
}

const file = once(() => readData<RequestsFile>('requests.json'));

export const requestKinds: () => readonly RequestKindRule[] = once(() =>
  file().kinds.map((rule) => ({ ...rule, limit: parseTimeLimit(rule.limit) })),
);

export function requestLimit(kind: RequestKind): TimeLimit {
  const rule = requestKinds().find((candidate) => candidate.kind === kind);
  if (rule === undefined) throw new StandardError('LIMIT', `${describeValue(kind)} is not a kind of request`);
  return rule.limit;
}
