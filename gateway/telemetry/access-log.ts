/** Requests → the access log: one JSON line for each, without personal data. */
import type { Logger } from 'pino';

/** What the access log reads of a request. */
export interface LoggedRequest {
  readonly requestId: string;
  readonly rights: { readonly audience: string } | undefined;
  readonly operationName: string | undefined;
  /** SHA-256 of the operation's text. */
  readonly operationHash: string | undefined;
  readonly coverage: { readonly platforms: readonly { readonly platform: string }[] } | undefined;
}

export interface LoggedFacts {
  readonly outcome: string;
  readonly codes: readonly string[];
  readonly durationMs: number;
}

export type AccessLog = (facts: LoggedFacts, request: LoggedRequest, body: { bytes(): number }) => void;

/** Writes whatever the level of `log` is. */
export function createAccessLog(log: Pick<Logger, 'child'>): AccessLog {
  const accessLog = log.child({}, { level: 'info' });
  return ({ outcome, codes, durationMs }, { requestId, rights, operationName, operationHash, coverage }, body) => {
    const platforms = [...new Set(coverage?.platforms.map(({ platform }) => platform))].sort();
    accessLog.info(
      {
        requestId,
        audience: rights?.audience,
        operation: operationName,
        hash: operationHash,
        outcome,
        codes,
        durationMs,
        platforms,
        bytes: body.bytes(),
      },
      'operation',
    );
  };
}
