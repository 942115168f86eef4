/** Callers that ask a gateway on and on, each its own mixture of questions, and judge every answer. */
import type { Random } from '../../demo/data/random.ts';
import type { GatewayClient, GatewayReply } from '../gateway/gateway-client.ts';
import { BY_COUNTY, PAGE, STATISTIC, singlePlatformQuery } from '../scale/queries.ts';

export interface Tally {
  /** Answers by kind of question; `broken off` are those that nobody waited for. */
  readonly operations: Record<string, number>;
  /** Answers that lacked a platform, and said so. */
  partial: number;
  /** What should not have happened. */
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
/** What becomes of an answer when a platform dies under it, or comes back between two pages (`INCOMPLETE`). */
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
  // A text that was never asked before: what is kept by text must be bounded.
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

/** Undefined for an answer as it should be: whole, or without the platforms that it names. */
function findFault({ status, errors, coverage, data }: GatewayReply, tally: Tally): string | undefined {
  if (status !== 200) return `status ${status}: ${errors[0]?.message}`;
  const strange = errors.find(({ extensions }) => !OUTAGE_CODES.has(extensions?.code ?? ''));
  if (strange) return `${strange.extensions?.code}: ${strange.message}`;
  if (!data) return 'no data';
  if (!coverage) return undefined;
  if (coverage.asked !== coverage.answered + coverage.platforms.length) return 'a platform is missing unsaid';
  // A division that no platform answers for is no trouble of a platform.
  const isAnswered = coverage.answered === coverage.asked;
  if (isAnswered !== (errors.length === 0)) return 'an error without a gap, or a gap without an error';
  if (coverage.complete !== (isAnswered && !coverage.unserved)) return 'complete where something lacks, or the reverse';
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
    'nonsense',
    options,
    () => options.client.request('{ nowhere }'),
    ({ errors }) =>
      errors[0]?.extensions?.code === 'GRAPHQL_VALIDATION_FAILED' ? undefined : 'nonsense was not refused',
  );
}

async function abortRequest({ client, random, tally }: CallersOptions): Promise<void> {
  const abortController = new AbortController();
  const timer = setTimeout(() => abortController.abort(), random.integer(0, ABORT_MS_MAX));
  await client.request(STATISTIC, { signal: abortController.signal }).catch(() => undefined);
  clearTimeout(timer);
  tally.operations['broken off'] = (tally.operations['broken off'] ?? 0) + 1;
}
