/** Callers that ask a gateway on and on, each its own mixture of questions, and judge every answer. */
import type { Random } from '../generate/random.ts';
import type { Asker, Reply } from '../map/asking.ts';
import { BY_COUNTY, narrow, PAGE, STATISTIC } from '../map/questions.ts';

export interface Tally {
  /** Answers by kind of question; `broken off` are those that nobody waited for. */
  readonly asked: Record<string, number>;
  /** Answers that lacked a platform, and said so. */
  partial: number;
  /** What should not have happened. */
  readonly failures: string[];
}

export interface CallersOptions {
  readonly asker: Asker;
  readonly callers: number;
  readonly divisions: readonly string[];
  readonly random: Random;
  readonly tally: Tally;
  readonly isOver: () => boolean;
}

const FAILURES_MAX = 20;
const BREAK_OFF_SHARE = 0.05;
const NONSENSE_SHARE = 0.05;
const BREAK_OFF_MS_MAX = 30;
/** What becomes of an answer when a platform dies under it, or comes back between two pages (`INCOMPLETE`). */
const MISSING = new Set(['PLATFORM_UNREACHABLE', 'PLATFORM_FAILED', 'PLATFORM_LATE', 'PLATFORM_REFUSED', 'INCOMPLETE']);

type Ask = (options: CallersOptions) => Promise<Reply>;

const QUESTIONS: readonly (readonly [kind: string, share: number, ask: Ask])[] = [
  ['statistic', 4, ({ asker }) => asker.ask(STATISTIC)],
  ['by county', 1, ({ asker }) => asker.ask(BY_COUNTY)],
  ['narrow', 8, ({ asker, divisions, random }) => asker.ask(narrow('one', random.pick(divisions)))],
  // A text that was never asked before: what is kept by text must be bounded.
  [
    'new text',
    3,
    ({ asker, divisions, random }) => asker.ask(narrow(`n${random.integer(0, 1e9)}`, random.pick(divisions))),
  ],
  ['pages', 2, askPages],
  ['introspection', 1, ({ asker }) => asker.ask('{ __schema { types { name fields { name } } } }')],
];

export async function keepAsking(options: CallersOptions): Promise<void> {
  await Promise.all(Array.from({ length: options.callers }, () => work(options)));
}

async function work(options: CallersOptions): Promise<void> {
  const { random, isOver } = options;
  const shares = QUESTIONS.flatMap(([kind, share, ask]) => Array.from({ length: share }, () => ({ kind, ask })));
  while (!isOver()) {
    const chance = random.next();
    if (chance < BREAK_OFF_SHARE) await breakOff(options);
    else if (chance < BREAK_OFF_SHARE + NONSENSE_SHARE) await askNonsense(options);
    else {
      const { kind, ask } = random.pick(shares);
      await judged(kind, options, () => ask(options), judge);
    }
  }
}

async function judged(
  kind: string,
  { tally }: CallersOptions,
  ask: () => Promise<Reply>,
  verdict: (reply: Reply, tally: Tally) => string | undefined,
): Promise<void> {
  let fault: string | undefined;
  try {
    fault = verdict(await ask(), tally);
  } catch (error) {
    fault = String(error);
  }
  tally.asked[kind] = (tally.asked[kind] ?? 0) + 1;
  if (fault !== undefined && tally.failures.length < FAILURES_MAX) tally.failures.push(`${kind}: ${fault}`);
}

/** Undefined for an answer as it should be: whole, or without the platforms that it names. */
function judge({ status, errors, coverage, data }: Reply, tally: Tally): string | undefined {
  if (status !== 200) return `status ${status}: ${errors[0]?.message}`;
  const strange = errors.find(({ extensions }) => !MISSING.has(extensions?.code ?? ''));
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

async function askPages({ asker }: CallersOptions): Promise<Reply> {
  const first = await asker.ask(PAGE);
  const after = first.data?.cases?.pageInfo?.endCursor as string | undefined;
  return after ? asker.ask(PAGE, { variables: { after } }) : first;
}

async function askNonsense(options: CallersOptions): Promise<void> {
  await judged(
    'nonsense',
    options,
    () => options.asker.ask('{ nowhere }'),
    ({ errors }) =>
      errors[0]?.extensions?.code === 'GRAPHQL_VALIDATION_FAILED' ? undefined : 'nonsense was not refused',
  );
}

async function breakOff({ asker, random, tally }: CallersOptions): Promise<void> {
  const leaving = new AbortController();
  const timer = setTimeout(() => leaving.abort(), random.integer(0, BREAK_OFF_MS_MAX));
  await asker.ask(STATISTIC, { signal: leaving.signal }).catch(() => undefined);
  clearTimeout(timer);
  tally.asked['broken off'] = (tally.asked['broken off'] ?? 0) + 1;
}
