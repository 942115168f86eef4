/** Callers that send a random mixture of operations to a gateway and check every answer. */
import type { Random } from '../../demo/data/random.ts';
import type { GatewayClient, GatewayReply } from '../gateway/gateway-client.ts';
import { BY_COUNTY, PAGE, STATISTIC, singlePlatformQuery } from '../scale/queries.ts';

export interface Tally {
  /** Operations by kind; `aborted` ones were aborted by the caller. */
  readonly operations: Record<string, number>;
  /** Answers that lacked a platform and listed it. */
  partial: number;
  /** Unexpected answers. */
  readonly failures: string[];
}

export interface CallersOptions {
  readonly client: GatewayClient;
  readonly callers: number;
  readonly divisions: readonly string[];
  readonly random: Random;
  readonly tally: Tally;
  readonly isOver: () => boolean;
}

const FAILURES_MAX = 20;
const ABORT_SHARE = 0.05;
const INVALID_SHARE = 0.05;
const ABORT_MS_MAX = 30;
/** Error codes while a platform goes down, or comes back between two pages (`INCOMPLETE`). */
const OUTAGE_CODES = new Set([
  'PLATFORM_UNREACHABLE',
  'PLATFORM_FAILED',
  'PLATFORM_LATE',
  'PLATFORM_REFUSED',
  'INCOMPLETE',
]);

type SendRequest = (options: CallersOptions) => Promise<GatewayReply>;

const QUESTIONS: readonly (readonly [kind: string, share: number, ask: SendRequest])[] = [
  ['statistic', 4, ({ client }) => client.request(STATISTIC)],
  ['by county', 1, ({ client }) => client.request(BY_COUNTY)],
  ['narrow', 8, ({ client, divisions, random }) => client.request(singlePlatformQuery('one', random.pick(divisions)))],
  // A new text each time: caches by text must be bounded.
  [
    'new text',
    3,
    ({ client, divisions, random }) =>
      client.request(singlePlatformQuery(`n${random.integer(0, 1e9)}`, random.pick(divisions))),
  ],
  ['pages', 2, askPages],
  ['introspection', 1, ({ client }) => client.request('{ __schema { types { name fields { name } } } }')],
];

export async function runCallers(options: CallersOptions): Promise<void> {
  await Promise.all(Array.from({ length: options.callers }, () => runCaller(options)));
}

async function runCaller(options: CallersOptions): Promise<void> {
  const { random, isOver } = options;
  const shares = QUESTIONS.flatMap(([kind, share, ask]) => Array.from({ length: share }, () => ({ kind, ask })));
  while (!isOver()) {
    const chance = random.next();
    if (chance < ABORT_SHARE) await abortRequest(options);
    else if (chance < ABORT_SHARE + INVALID_SHARE) await sendInvalid(options);
    else {
      const { kind, ask } = random.pick(shares);
      await runAndTally(kind, options, () => ask(options), findFault);
    }
  }
}

async function runAndTally(
  kind: string,
  { tally }: CallersOptions,
  ask: () => Promise<GatewayReply>,
  check: (reply: GatewayReply, tally: Tally) => string | undefined,
): Promise<void> {
  let fault: string | undefined;
  try {
    fault = check(await ask(), tally);
  } catch (error) {
    fault = String(error);
  }
  tally.operations[kind] = (tally.operations[kind] ?? 0) + 1;
  if (fault !== undefined && tally.failures.length < FAILURES_MAX) tally.failures.push(`${kind}: ${fault}`);
}

/** Undefined for a correct answer: complete, or without the platforms that coverage lists. */
function findFault({ status, errors, coverage, data }: GatewayReply, tally: Tally): string | undefined {
  if (status !== 200) return `status ${status}: ${errors[0]?.message}`;
  const strange = errors.find(({ extensions }) => !OUTAGE_CODES.has(extensions?.code ?? ''));
  if (strange) return `${strange.extensions?.code}: ${strange.message}`;
  if (!data) return 'no data';
  if (!coverage) return undefined;
  if (coverage.asked !== coverage.answered + coverage.platforms.length)
    return 'coverage does not list a missing platform';
  // A division that no platform serves is not a platform's failure.
  const isAnswered = coverage.answered === coverage.asked;
  if (isAnswered !== (errors.length === 0))
    return 'an error without a missing platform, or a missing platform without an error';
  if (coverage.complete !== (isAnswered && !coverage.unserved))
    return '"complete" contradicts the rest of the coverage';
  if (!isAnswered) tally.partial++;
  return undefined;
}

async function askPages({ client }: CallersOptions): Promise<GatewayReply> {
  const first = await client.request(PAGE);
  const after = first.data?.cases?.pageInfo?.endCursor as string | undefined;
  return after ? client.request(PAGE, { variables: { after } }) : first;
}

async function sendInvalid(options: CallersOptions): Promise<void> {
  await runAndTally(
    'invalid',
    options,
    () => options.client.request('{ nowhere }'),
    ({ errors }) =>
      errors[0]?.extensions?.code === 'GRAPHQL_VALIDATION_FAILED' ? undefined : 'an invalid operation was not refused',
  );
}

async function abortRequest({ client, random, tally }: CallersOptions): Promise<void> {
  const abortController = new AbortController();
  const timer = setTimeout(() => abortController.abort(), random.integer(0, ABORT_MS_MAX));
  await client.request(STATISTIC, { signal: abortController.signal }).catch(() => undefined);
  clearTimeout(timer);
  tally.operations.aborted = (tally.operations.aborted ?? 0) + 1;
}
