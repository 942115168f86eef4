/** What each limit protects, and what happens when it is reached: for docs/configuration.md, which takes the rest from the limits. */
import type { LimitName } from '@yiwang/gateway/model/limits.ts';

export interface LimitNote {
  readonly protects: string;
  readonly reached: string;
}

type Notes = { readonly [Name in LimitName]?: LimitNote };

const note = (protects: string, reached: string): LimitNote => ({ protects, reached });

/** The refusal of an operation that asks for too much names the limit, its maximum and the value in `extensions`. */
const TOO_COSTLY = 'the operation is refused: `TOO_COSTLY`';
const BAD_INPUT = 'the operation is refused: `BAD_USER_INPUT`';
const OVERLOADED = '503 `OVERLOADED` with `Retry-After: 1`';

const REQUESTS = {
  bodyBytesMax: note('memory', '413 `TOO_COSTLY`; the body is not read further'),
  urlBytesMax: note('memory', '414 `TOO_COSTLY`'),
  receiveMs: note('connections against clients that send slowly', 'the connection is closed with 408'),
  tokensMax: note('the parser', TOO_COSTLY),
  operationTextMax: note('the parser and the caches', TOO_COSTLY),
  commentsMax: note('the parser', TOO_COSTLY),
  depthMax: note('validation, planning and platforms', TOO_COSTLY),
  nestingMax: note('the stack of every step that walks an operation', TOO_COSTLY),
  fieldsMax: note('validation and planning', TOO_COSTLY),
  fragmentsMax: note('validation and planning', TOO_COSTLY),
  rootFieldsMax: note('planning and platforms', TOO_COSTLY),
  aliasesMax: note('platforms: each alias is one more call or row', TOO_COSTLY),
  fragmentDefinitionsMax: note('validation', TOO_COSTLY),
  introspectionTimesMax: note('the event loop', TOO_COSTLY),
  directivesMax: note('validation', TOO_COSTLY),
} as const satisfies Notes;

const VALUES = {
  divisionsAskedMax: note('platforms and the directory', BAD_INPUT),
  listSizeMax: note('platforms', BAD_INPUT),
  inputValuesMax: note('memory and the coercion of variables', TOO_COSTLY),
  inputDepthMax: note('the stack', TOO_COSTLY),
  inputItemsMax: note('platforms', BAD_INPUT),
  rowsMax: note('platforms and memory', 'refused before it runs, or while the answer is written: `TOO_COSTLY`'),
  listSizeAssumed: note('the estimate of rows', 'it is a price and refuses nothing by itself'),
  purposeLettersMin: note('the record against purposes that say nothing', BAD_INPUT),
  purposeLengthMax: note('the record', BAD_INPUT),
} as const satisfies Notes;

const WORK = {
  operationDeadlineMs: note(
    'callers and platforms',
    'platforms that have not answered are listed as `LATE`; an operation still waiting for its turn or its plan gets `OVERLOADED`',
  ),
  deadlineGraceMs: note(
    'the event loop',
    'calls are aborted, and an answer that is still being written becomes `TOO_COSTLY`',
  ),
  operationsInFlightMax: note('memory', OVERLOADED),
  callerPercentMax: note('other callers; not with `--open`', OVERLOADED),
  anonymousPercentMax: note('callers with a credential; not with `--open`', OVERLOADED),
  operationsPerTurnMax: note(
    'the latency of operations at work',
    'the operation waits for a later turn of the event loop',
  ),
  sliceMs: note('the event loop', 'the work pauses and goes on after other operations had a turn'),
  stopGraceMs: note('the stop', 'operations at work are aborted and their connections closed'),
} as const satisfies Notes;

const CALLS = {
  platformDeadlineMs: note(
    'the operation against one slow platform',
    'the platform is listed as `LATE`; the rest stands',
  ),
  platformConnectMs: note('the operation', 'the platform is listed as `UNREACHABLE`'),
  platformResponseBytesMax: note('memory', 'the platform is listed as `NONCONFORMING`'),
  platformErrorBytesMax: note('memory and the log', 'the text is cut, and says so'),
  receivedBytesMax: note('memory', TOO_COSTLY),
  parseSliceBytes: note('the event loop', 'a longer answer is parsed in slices'),
  platformConnectionsMin: note(
    'a platform that cannot keep up',
    'the gateway sends no fewer calls at a time than this',
  ),
  platformConnectionsMax: note('platforms', 'further calls wait in the queue of the address'),
  platformQueueMax: note('memory, and the time of those that wait', 'the platform is listed as `REFUSED`'),
  tierParallelMax: note('sockets', 'further calls wait in the queue of the tier'),
  tierQueueMax: note('memory', 'the platform is listed as `REFUSED`'),
  mergeReserveMs: note('the answer of an operation whose platforms are slow', 'platforms get that much less time'),
  breakerFailures: note(
    'operations and the platform itself',
    'the breaker opens: calls are listed as `REFUSED` and not sent',
  ),
  breakerOpenMs: note('the platform', 'one call is let through as a probe; its outcome closes or opens the breaker'),
  breakerLateMs: note('platforms against callers with short deadlines', 'a shorter wait is no sign of trouble'),
  breakerOriginsMax: note('memory', 'the entry used longest ago is forgotten'),
  hedgeAfterMs: note('replicas', 'no second copy is sent before'),
  hedgePercentMax: note('replicas', 'no further second copies are sent'),
} as const satisfies Notes;

const MERGES = {
  fanOutMax: note('platforms and memory', 'the field is null with `TOO_COSTLY`'),
  callsMax: note('platforms and memory', TOO_COSTLY),
  pageShareMin: note('the number of rounds where platforms are far away', 'it is a floor and refuses nothing'),
  entitiesPerCallMax: note('platforms', 'the entities are asked for in several calls'),
  cursorBytesMax: note('memory', 'a longer cursor is refused: `BAD_USER_INPUT`'),
  coverageEntriesMax: note('memory', 'the gateway below is listed as `NONCONFORMING`'),
  referenceBytesMax: note('memory', 'what was filled longest ago is dropped'),
  referenceFreshMs: note('platforms that hold reference data', 'the platform is asked again'),
  referenceStaleMs: note(
    'answers while a platform is away',
    'older data are not shown; the platform is listed as missing',
  ),
  organisationsMax: note('memory', 'the directory is not read; the last one stays in use, and the log says so'),
  organisationsPollMs: note('the exchange', 'an organisation that is new is known so much later'),
} as const satisfies Notes;

const ANSWERS = {
  responseBytesMax: note('memory', TOO_COSTLY),
  breachErrorsMax: note(
    'the size of an answer',
    'the last error about the rule and the platform says how many more there are',
  ),
  errorsMax: note('the size of an answer', 'further errors are left out'),
  errorsBytesMax: note('the size of an answer', 'further errors are left out'),
  errorMessageMax: note('the size of an answer', 'the message is cut, with … at its end'),
  unservedMax: note('the size of an answer', 'further divisions are left out of `unserved`'),
  compressBytesMin: note('CPU', 'shorter answers go out uncompressed'),
  preflightSeconds: note('browsers against needless preflights', 'the browser asks again'),
} as const satisfies Notes;

const PLANS = {
  plannedSelectionsMax: note('planners', TOO_COSTLY),
  planMs: note('planners', 'the planner process is replaced, and the operation is refused: `TOO_COSTLY`'),
  plansAtOnceMax: note('the order of those that wait', 'further operations wait; callers take turns'),
  plansWaitingMax: note('memory', OVERLOADED),
  plansWeighedMax: note('planners', "Apollo's planner takes the best plan that it has found by then"),
  plannerStartMs: note('start and reload', 'the supergraph is not loaded'),
  plannerIdleMs: note('memory', 'the process ends; the next operation that needs it starts one'),
  plannerBytesMax: note(
    'memory',
    'the process ends and is replaced; operations that were not the cause are planned again',
  ),
  planCacheMax: note('memory', 'the plan used longest ago is dropped'),
  planCacheBytesMax: note('memory', 'the plan used longest ago is dropped'),
  planRefusalMs: note('planners', 'within this time the same operation gets the same refusal at once'),
  plansWarmedMax: note('the time of a reload', 'operations that are used less are planned when they come'),
  slowPlanMs: note('nothing; it is a mark', 'the log has a line with the operation, without values'),
  slowPlanTextMax: note('the log', 'the text is cut'),
  documentCacheMax: note('memory', 'the document used longest ago is dropped'),
  documentCacheBytesMax: note('memory', 'the document used longest ago is dropped'),
} as const satisfies Notes;

const IDENTITY = {
  tokenBytesMax: note('memory', '401 `UNAUTHENTICATED`'),
  tokenLifeSecondsMax: note('against tokens that nobody can take back', '401 `UNAUTHENTICATED`'),
  identityCacheMax: note('memory', 'the token used longest ago is checked again'),
  identityCacheMs: note('keys that the issuer withdraws', 'the token is checked again'),
  clockSkewSeconds: note('the check of expiry', 'a token further ahead is refused'),
  jwksTimeoutMs: note('the operation', "401 `UNAUTHENTICATED`: the issuer's keys cannot be read"),
  jwksCacheMs: note('keys that the issuer withdraws', 'the keys are fetched again'),
  jwksCooldownMs: note('the issuer against tokens with made-up key ids', 'no fetch; the token is refused'),
  wrongCredentialsMax: note(
    'against guessing',
    '429 `QUOTA_EXCEEDED` with `Retry-After`; valid credentials go on working',
  ),
  wrongCredentialsMs: note('against guessing', 'the count begins anew'),
  wrongCredentialSourcesMax: note('memory', 'the address seen longest ago is forgotten'),
  passportLifeMs: note('platforms against passports that leak', 'a new passport is signed'),
  passportCacheMax: note('memory and CPU', 'the passport used longest ago is signed again'),
  coverCacheMax: note('memory', 'the region used longest ago is worked out again'),
} as const satisfies Notes;

const RELAY = {
  relayBodyBytesMax: note('memory', '413 `TOO_COSTLY`'),
  relayGrowthMax: note('planning and platforms', TOO_COSTLY),
  relayHopsMax: note('gateways that stand in each other’s directories', TOO_COSTLY),
} as const satisfies Notes;

const RECORD = {
  schemaCheckMs: note('platforms', 'a breach that a platform begins with is seen after it'),
  schemaCheckWaitMs: note('the start', 'a platform without an answer is asked, and checked at the next round'),
  schemaBytesMax: note('memory', 'the schema is a breach of the standard'),
  schemaTokensMax: note('the event loop', 'the schema is a breach of the standard'),
  registryPollMs: note('the database', 'a promotion is in force after it'),
  usageFlushMs: note('the database', 'a crash loses the uses that were not written'),
  usageEntriesMax: note('memory', 'uses beyond it are not counted'),
  recordQueueMax: note('memory', `no operation is answered that cannot be recorded: ${OVERLOADED}`),
  recordQueueBytesMax: note('memory', `no operation is answered that cannot be recorded: ${OVERLOADED}`),
  recordBatchMax: note('the database', 'the rest goes into the next statement'),
  recordBatchBytesMax: note('the database', 'the rest goes into the next statement'),
  recordHeadMs: note('the file of the signed head', 'the head is signed and written'),
  recordCheckpointMs: note('the database', 'the next head goes into the database, too'),
  recordRetryMs: note('the database', 'the write is tried again'),
  recordStopMs: note('the stop', 'entries that are left are lost; the log says how many'),
  recordTextMax: note('the record: what runs is on record in full', TOO_COSTLY),
  recordVariablesMax: note('the record: what runs is on record in full', TOO_COSTLY),
  recordRefusedTextMax: note('the record', 'the record keeps the beginning'),
  findingSeriesMax: note('memory', 'metrics count the rest as `other`, and the store does without it'),
  findingFlushMs: note('the database', 'findings are added to those of other gateways'),
  findingSamplesMax: note('the database', 'further breaches are counted without a sample'),
  findingDaysMax: note('the database', 'older findings are deleted'),
  databaseMs: note('the record', 'the write is tried again; the reading of an auditor fails: `PLATFORM_FAILED`'),
} as const satisfies Notes;

const OPERATORS = {
  probeTimeoutMs: note('/health', 'the platform is `UNREACHABLE` there'),
  probeWaitMs: note('/health', 'platforms that have not been probed yet are `UNKNOWN`'),
  probeCacheMs: note('platforms', 'platforms are probed again'),
  probesInFlightMax: note('sockets', 'further probes wait'),
  failureLogMs: note('the log', 'failures alike are counted, and one line tells how many'),
  failureLogPlatformsMax: note('memory', 'the entry used longest ago is forgotten'),
  reloadPollMs: note('the disk', 'the files are looked at'),
  generationsDrainingMax: note('memory', 'the next reload waits until one has drained'),
} as const satisfies Notes;

export const LIMIT_SECTIONS: readonly { readonly title: string; readonly notes: Notes }[] = [
  { title: 'One request and its text', notes: REQUESTS },
  { title: 'Values and rows', notes: VALUES },
  { title: 'Operations at work', notes: WORK },
  { title: 'Calls of platforms', notes: CALLS },
  { title: 'Merges, pages and reference data', notes: MERGES },
  { title: 'Answers', notes: ANSWERS },
  { title: 'Plans', notes: PLANS },
  { title: 'Identity and passports', notes: IDENTITY },
  { title: 'Upstream gateways', notes: RELAY },
  { title: 'The record', notes: RECORD },
  { title: 'Health, log and reload', notes: OPERATORS },
];

/** A limit without a note does not compile. */
export const LIMIT_NOTES: Readonly<Record<LimitName, LimitNote>> = {
  ...REQUESTS,
  ...VALUES,
  ...WORK,
  ...CALLS,
  ...MERGES,
  ...ANSWERS,
  ...PLANS,
  ...IDENTITY,
  ...RELAY,
  ...RECORD,
  ...OPERATORS,
};
