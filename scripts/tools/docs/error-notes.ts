/** Each public error code for clients: when it comes, and what to do. For docs/clients.md. */
import type { ErrorCode } from '@yiwang/gateway/model/errors.ts';

export interface ErrorNote {
  readonly means: string;
  readonly remedy: string;
}

const note = (means: string, remedy: string): ErrorNote => ({ means, remedy });

/** A code without a note does not compile. */
export const ERROR_NOTES: Readonly<Record<ErrorCode, ErrorNote>> = {
  UNAUTHENTICATED: note(
    'The credential is not accepted; the message says why.',
    'Renew the token, or correct the key.',
  ),
  OUT_OF_SCOPE: note(
    'A division, a row or a header is beyond the rights of the caller.',
    'Ask within your jurisdiction: leave `within` out, or narrow it.',
  ),
  PURPOSE_REQUIRED: note('A platform demands a purpose.', 'Send `x-yiwang-purpose` and `x-yiwang-matter`.'),
  UNAUTHORIZED_FIELD_OR_TYPE: note(
    '`@authenticated`, `@requiresScopes` or `@policy` denies the field at this path (`--open` only).',
    'Ask with a token that has the scope or policy, or leave the field out.',
  ),
  GRAPHQL_PARSE_FAILED: note('The text is not GraphQL.', 'Correct the text at `locations`.'),
  GRAPHQL_VALIDATION_FAILED: note(
    'The operation does not fit the schema that the caller sees; a field that is not for the caller counts as unknown.',
    'Check it against the schema of your audience.',
  ),
  BAD_USER_INPUT: note(
    'A value, a variable, a header or the body does not have the expected form.',
    'Correct the value; the message says what was expected, `extensions.breach` which rule of the standard.',
  ),
  PERSISTED_QUERY_NOT_SUPPORTED: note(
    'The request holds the hash of a persisted query and no text.',
    'Send the text; clients of Apollo do so by themselves.',
  ),
  STANDARD_BREACH: note(
    'A platform gave a value that does not meet the standard. It is null here; so is what cannot be without it, up to its row. `extensions.rule` names the rule, `platform` who gave it (not to the public), and `more` how many errors like the last were left out.',
    'Use the rest; tell the operator of the platform.',
  ),
  TOO_COSTLY: note(
    'The operation asks for more than a limit allows: `extensions.limit`, `max` and, if known, `value`.',
    'Ask for less at a time: smaller pages, fewer fields, fewer dimensions.',
  ),
  QUOTA_EXCEEDED: note(
    'Too many wrong credentials came from this address.',
    'Wait for `Retry-After` seconds; valid credentials are accepted meanwhile.',
  ),
  PLATFORM_LATE: note('A platform did not answer in time.', 'Use the rest, or ask again later.'),
  PLATFORM_FAILED: note('A platform answered with an error or with something malformed.', 'Use the rest.'),
  PLATFORM_UNREACHABLE: note(
    'No connection to a platform came about, or it broke off.',
    'Use the rest, or ask again later.',
  ),
  PLATFORM_REFUSED: note(
    'A platform refused the call, or the gateway did not send it because the last ones failed.',
    'Use the rest, or ask again in some seconds.',
  ),
  INCOMPLETE: note(
    'Less was answered than `x-yiwang-completeness` demands; there is no data. Beside data: a page leaves out rows of a platform that did not answer for an earlier page.',
    'Ask with `partial`, or again later.',
  ),
  CONFLICT: note('Two platforms gave different values for one object.', 'Tell the operators; the message names both.'),
  NOT_FOUND: note('A platform says that there is no such thing.', 'Check the id.'),
  NOT_ACCEPTABLE: note(
    'The header `accept` allows no form in which there are answers. Nothing was run.',
    'Accept `application/json`.',
  ),
  OVERLOADED: note(
    'Too many operations are at work, waiting, or waiting for the record; nothing was run.',
    'Ask again after `Retry-After` seconds, with a growing pause.',
  ),
  INTERNAL: note(
    'A fault of the gateway. `extensions.requestId` is its mark in the log.',
    'Tell the operator the request id.',
  ),
};
