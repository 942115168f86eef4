/** Call → its entry in coverage and its answer, which the kind of fetch that made the call reads. */

import type { Claims } from '../claims/claims.ts';
import type { ExecutionEngine } from '../context.ts';
import type { CallRecord, CallSource } from '../coverage/call-record.ts';
import type { AnswerReader, FetchCall } from './fetch-call.ts';
import { mergeGatewayCoverage } from './merge-gateway-coverage.ts';

/**
 * The one place where execution calls a server. What the server does wrong is in coverage and errors, and no rejection.
 */
export async function callPlatform<Part>(
  call: FetchCall<Part>,
  reader: AnswerReader<Part>,
  { steps }: ExecutionEngine,
): Promise<void> {
  const { run, target } = call;
  if (target && !call.record) call.record = run.collector.addCall(target, new Source(reader, call));
  const { extractor } = reader;
  const answer = await (extractor ? steps.callRaw(call, extractor, run) : steps.call(call, run));
  call.record?.addElapsed(answer.elapsedMs);
  if (answer.kind === 'raw') run.rawData = answer.data;
  else if (answer.kind === 'missing') reader.readMissing(answer, call);
  else if (answer.coverage === undefined) reader.readAnswer(answer, answer.problems, call, undefined);
  else {
    const { problems, platforms } = mergeGatewayCoverage(answer, call, reader);
    reader.readAnswer(answer, problems, call, platforms);
  }
}

/** A class, since every call makes one. */
class Source<Part> implements CallSource {
  readonly #reader: AnswerReader<Part>;
  readonly #call: FetchCall<Part>;

  constructor(reader: AnswerReader<Part>, call: FetchCall<Part>) {
    this.#reader = reader;
    this.#call = call;
  }

  path() {
    return this.#reader.toClientPath([], this.#call);
  }

  addClaims(claims: Claims, record: CallRecord): void {
    this.#reader.addClaims?.(claims, this.#call, record);
  }
}

/** Calls servers side by side. */
export function callPlatforms<Part>(
  calls: readonly FetchCall<Part>[],
  reader: AnswerReader<Part>,
  engine: ExecutionEngine,
): Promise<unknown> {
  if (calls.length === 1) return callPlatform(calls[0]!, reader, engine);
  return Promise.all(calls.map((call) => callPlatform(call, reader, engine)));
}
