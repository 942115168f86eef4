/** Every wait, queue, size, count and fan-out of the gateway that has a bound: its name, unit, default and range. */

export interface LimitRule {
  readonly unit: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly about: string;
}

const rule = (about: string, unit: string, fallback: number, min: number, max: number): LimitRule => ({
  about,
  unit,
  default: fallback,
  min,
  max,
});

const HOUR_MS = 3_600_000;
const GIB = 1_073_741_824;

/** The variable of a limit is its name in capitals after `LIMIT_`: `depthMax` is `LIMIT_DEPTH_MAX`. */
export const LIMIT_RULES = {
  bodyBytesMax: rule('body of one request', 'bytes', 262_144, 1_024, GIB),
  urlBytesMax: rule('address of one GET request', 'bytes', 16_384, 1_024, 1_048_576),
  compressBytesMin: rule('answer from which on it is compressed', 'bytes', 1_024, 0, GIB),
  preflightSeconds: rule("life of an answer to a browser's preflight", 'seconds', 7_200, 0, 86_400),
  receiveMs: rule('arrival of one request', 'ms', 30_000, 100, HOUR_MS),
  tokensMax: rule('lexical tokens of one operation', 'tokens', 5_000, 10, 1_000_000),
  operationTextMax: rule('text of one operation, comments included', 'characters', 131_072, 1, GIB),
  commentsMax: rule('comments of one operation', 'comments', 1_000, 0, 1_000_000),
  depthMax: rule('nesting of fields, fragments spread out', 'levels', 20, 1, 40),
  nestingMax: rule('nesting of fields and fragments together', 'levels', 100, 1, 200),
  fieldsMax: rule('fields of one operation, fragments spread out', 'fields', 1_000, 1, 100_000),
  fragmentsMax: rule('fragments of one operation, named and inline, spread out', 'fragments', 1_000, 0, 100_000),
  rootFieldsMax: rule('root fields of one operation', 'fields', 20, 1, 1_000),
  aliasesMax: rule('aliases of one operation, fragments spread out', 'aliases', 60, 0, 10_000),
  fragmentDefinitionsMax: rule('named fragments of one document', 'fragments', 200, 0, 100_000),
  introspectionTimesMax: rule(
    'values that questions about the schema may come to, by those of the whole schema',
    'times',
    2,
    0,
    1_000,
  ),
  directivesMax: rule('directives of one operation', 'directives', 60, 0, 10_000),
  listSizeMax: rule('one page or top list (`first`, `top`)', 'rows', 500, 1, 100_000),
  inputValuesMax: rule(
    'values among the variables of one operation, nested ones counted',
    'values',
    10_000,
    1,
    10_000_000,
  ),
  inputDepthMax: rule('nesting of values, in the variables and in the text', 'levels', 50, 1, 500),
  inputItemsMax: rule('one list among the arguments', 'items', 200, 1, 100_000),
  rowsMax: rule(
    'rows of one answer, as asked for with nested pages multiplied out, and as written',
    'rows',
    100_000,
    1,
    1_000_000_000,
  ),
  listSizeAssumed: rule('rows that a list is taken for of which no size is asked', 'rows', 10, 1, 100_000),
  responseBytesMax: rule('data of one answer', 'bytes', 33_554_432, 1, GIB),
  operationDeadlineMs: rule('one operation from start to answer', 'ms', 10_000, 1, HOUR_MS),
  deadlineGraceMs: rule('time after its deadline at which an operation is given up', 'ms', 1_000, 0, 60_000),
  platformDeadlineMs: rule('one call of a platform', 'ms', 3_000, 1, HOUR_MS),
  platformResponseBytesMax: rule('one answer of a platform', 'bytes', 33_554_432, 1_024, GIB),
  platformErrorBytesMax: rule(
    'message of an error of a platform, and what it says beside it',
    'bytes',
    4_096,
    256,
    1_048_576,
  ),
  platformConnectMs: rule('connection to one address of a platform', 'ms', 1_000, 1, 60_000),
  platformConnectionsMin: rule('calls under way at an address that does not keep up', 'calls', 2, 1, 10_000),
  platformConnectionsMax: rule('connections, and calls under way, to one address', 'connections', 16, 1, 10_000),
  platformQueueMax: rule('calls that wait for room at one address', 'calls', 256, 1, 100_000),
  tierParallelMax: rule('calls under way to all platforms of one tier', 'calls', 1_024, 1, 100_000),
  tierQueueMax: rule('calls that wait for room in one tier', 'calls', 10_000, 1, 1_000_000),
  mergeReserveMs: rule(
    'time kept back from platforms for the merge, a tenth of what is left at most',
    'ms',
    100,
    0,
    60_000,
  ),
  breakerFailures: rule('failures in a row after which an address is left alone', 'failures', 5, 1, 1_000),
  breakerOpenMs: rule('time for which it is left alone, then one call finds out', 'ms', 2_000, 1, HOUR_MS),
  breakerLateMs: rule('time that a call must have had for its lateness to count as a failure', 'ms', 500, 1, HOUR_MS),
  breakerOriginsMax: rule(
    'operations and callers whose failures at an address are remembered',
    'entries',
    256,
    2,
    100_000,
  ),
  hedgeAfterMs: rule('least time after which a second copy of a read goes to a replica', 'ms', 50, 1, 60_000),
  hedgePercentMax: rule('second copies in a hundred reads of platforms with replicas', 'copies', 5, 0, 100),
  parseSliceBytes: rule('part of an answer that is parsed without a pause', 'bytes', 262_144, 1_024, GIB),
  relayBodyBytesMax: rule('body of one request from a gateway above', 'bytes', 4_194_304, 1_024, GIB),
  relayGrowthMax: rule(
    'growth of an operation on its way through a gateway above, in tokens, fields and levels',
    'times',
    2,
    1,
    100,
  ),
  relayHopsMax: rule('gateways that an operation may come through', 'gateways', 4, 0, 100),
  coverageEntriesMax: rule('platforms that one gateway below may give account of', 'platforms', 5_000, 1, 1_000_000),
  cursorBytesMax: rule('one cursor', 'bytes', 2_048, 1_024, 65_536),
  fanOutMax: rule('platforms that one fetch may reach', 'platforms', 1_000, 1, 100_000),
  callsMax: rule('calls of platforms that one operation may come to', 'calls', 2_000, 1, 1_000_000),
  pageShareMin: rule('rows of a page that each platform is asked for at first, at least', 'rows', 1, 1, 100_000),
  entitiesPerCallMax: rule('entities asked for in one call of a platform', 'entities', 1_000, 1, 100_000),
  sliceMs: rule('work on one big answer before others have their turn', 'ms', 10, 1, 1_000),
  referenceBytesMax: rule('reference data kept', 'bytes', 33_554_432, 0, GIB),
  referenceFreshMs: rule('reference data shown without asking for its version; 0 keeps none', 'ms', 30_000, 0, HOUR_MS),
  referenceStaleMs: rule('reference data shown while its platform does not answer', 'ms', 86_400_000, 0, 604_800_000),
  operationsInFlightMax: rule('operations at work at one time', 'operations', 500, 1, 100_000),
  operationsPerTurnMax: rule('operations begun in one turn of the event loop', 'operations', 1, 1, 100_000),
  errorsMax: rule('errors listed in one answer', 'errors', 200, 1, 100_000),
  errorsBytesMax: rule('errors listed in one answer, together', 'bytes', 262_144, 1_024, GIB),
  errorMessageMax: rule('message of one error', 'characters', 2_000, 32, 1_048_576),
  unservedMax: rule('divisions that no platform answers for, listed in one answer', 'divisions', 500, 1, 100_000),
  plannedFieldsMax: rule(
    'fields of one operation, its fragments laid out by the types that they apply to',
    'fields',
    10_000,
    10,
    1_000_000,
  ),
  planMs: rule('planning of one operation', 'ms', 2_000, 1, HOUR_MS),
  plansWaitingMax: rule('operations that are planned, or wait for it', 'operations', 500, 1, 100_000),
  plannerStartMs: rule('start of a planner, its reading of the supergraph included', 'ms', 30_000, 100, HOUR_MS),
  plannerIdleMs: rule('life without work of a planner that only helps out', 'ms', 60_000, 1, HOUR_MS),
  plannerBytesMax: rule("memory of a planner's process", 'bytes', GIB, 134_217_728, 64 * GIB),
  planCacheMax: rule('plans kept', 'plans', 1_000, 1, 1_000_000),
  planCacheBytesMax: rule('memory of the plans kept, as estimated', 'bytes', 67_108_864, 1, 16 * GIB),
  planRefusalMs: rule(
    'time for which an operation that could not be planned is not tried again',
    'ms',
    30_000,
    0,
    HOUR_MS,
  ),
  plansWarmedMax: rule('operations planned before a new supergraph serves', 'operations', 100, 0, 10_000),
  slowPlanMs: rule('planning of one operation from which on the log tells of it', 'ms', 200, 0, HOUR_MS),
  slowPlanTextMax: rule('text of such an operation in the log', 'characters', 2_000, 0, 1_048_576),
  documentCacheMax: rule('parsed operations kept, for each audience', 'operations', 500, 1, 1_000_000),
  documentCacheBytesMax: rule(
    'memory of the parsed operations kept, for each audience, as estimated',
    'bytes',
    33_554_432,
    1,
    16 * GIB,
  ),
  // The planner's own bound of 10,000 lets one operation of a page hold the process for ten seconds.
  plansWeighedMax: rule("plans that Apollo's planner weighs for one operation", 'plans', 100, 1, 10_000),
  passportLifeMs: rule('life of a passport', 'ms', 60_000, 1_000, 60_000),
  coverCacheMax: rule('regions whose platforms are kept', 'regions', 5_000, 1, 1_000_000),
  passportCacheMax: rule('passports kept for their life', 'passports', 10_000, 1, 1_000_000),
  tokenBytesMax: rule('bearer token or API key', 'bytes', 8_192, 64, 65_536),
  identityCacheMax: rule('checked tokens kept', 'tokens', 5_000, 1, 1_000_000),
  identityCacheMs: rule('life of a checked token, at most its own', 'ms', 30_000, 0, HOUR_MS),
  clockSkewSeconds: rule("difference between the issuer's clock and this one", 'seconds', 5, 0, 300),
  jwksTimeoutMs: rule("fetch of the issuer's keys", 'ms', 3_000, 1, 60_000),
  jwksCacheMs: rule("life of the issuer's keys", 'ms', 600_000, 1_000, 86_400_000),
  jwksCooldownMs: rule("least time between two fetches of the issuer's keys", 'ms', 5_000, 0, HOUR_MS),
  tokenLifeSecondsMax: rule(
    'life of a bearer token, the issuer may not grant more',
    'seconds',
    2_678_400,
    60,
    31_622_400,
  ),
  wrongCredentialsMax: rule(
    'wrong credentials of one kind from one address in `wrongCredentialsMs`',
    'credentials',
    20,
    1,
    1_000_000,
  ),
  wrongCredentialsMs: rule('time in which wrong credentials are counted together', 'ms', 60_000, 100, HOUR_MS),
  wrongCredentialSourcesMax: rule('addresses whose wrong credentials are counted', 'addresses', 10_000, 1, 1_000_000),
  purposeLettersMin: rule('letters or digits of a purpose or matter, at least', 'characters', 2, 1, 64),
  purposeLengthMax: rule('text of a purpose or matter', 'characters', 256, 1, 4_096),
  recordQueueMax: rule('record entries that wait to be written', 'entries', 10_000, 1, 1_000_000),
  recordBatchMax: rule('record entries written in one statement', 'entries', 200, 1, 2_000),
  recordBatchBytesMax: rule('record entries written in one statement', 'bytes', 8_388_608, 1_024, 134_217_728),
  recordHeadMs: rule('from an entry to the signed head of the record in its file', 'ms', 1_000, 1, HOUR_MS),
  recordCheckpointMs: rule('between two signed heads in the database of the record', 'ms', 60_000, 1, HOUR_MS),
  recordRetryMs: rule('pause after the record could not be written', 'ms', 500, 1, 60_000),
  recordStopMs: rule('writing of what is left at the stop', 'ms', 5_000, 1, 600_000),
  recordQueueBytesMax: rule('memory of record entries that wait to be written', 'bytes', 67_108_864, 1_024, 16 * GIB),
  recordTextMax: rule(
    'text of an operation as the record keeps it, without comments and padding; longer ones are refused',
    'characters',
    65_536,
    256,
    1_048_576,
  ),
  recordVariablesMax: rule(
    'variables of an operation as the record keeps them, in JSON; longer ones are refused',
    'characters',
    262_144,
    256,
    16_777_216,
  ),
  recordRefusedTextMax: rule('text of a refused operation kept in the record', 'characters', 2_048, 0, 65_536),
  databaseMs: rule('connection to the database of the record, and one statement there', 'ms', 5_000, 100, 600_000),
  probeTimeoutMs: rule('health probe of one platform', 'ms', 800, 1, 60_000),
  probeWaitMs: rule('wait of one who asks for the health, for probes that have not ended', 'ms', 2_000, 0, 60_000),
  probeCacheMs: rule('life of a health probe', 'ms', 2_000, 0, HOUR_MS),
  probesInFlightMax: rule('health probes at one time', 'probes', 16, 1, 1_000),
  failureLogMs: rule('between two lines in the log on failures of a platform that are alike', 'ms', 10_000, 0, HOUR_MS),
  failureLogPlatformsMax: rule(
    'platforms, by how they failed, of which the log remembers that',
    'entries',
    5_000,
    1,
    1_000_000,
  ),
  reloadPollMs: rule('between two looks at the files of supergraph, directory and API keys', 'ms', 1_000, 10, HOUR_MS),
  generationsDrainingMax: rule(
    'generations before the one served that still have operations',
    'generations',
    3,
    1,
    100,
  ),
  stopGraceMs: rule('operations at work when the gateway is told to stop', 'ms', 10_000, 0, 600_000),
} as const satisfies Readonly<Record<string, LimitRule>>;

export type LimitName = keyof typeof LIMIT_RULES;
export type Limits = Readonly<Record<LimitName, number>>;

export const LIMIT_NAMES = Object.keys(LIMIT_RULES) as readonly LimitName[];

export const DEFAULT_LIMITS: Limits = Object.fromEntries(
  LIMIT_NAMES.map((name) => [name, LIMIT_RULES[name].default]),
) as Limits;

/** `depthMax` → `LIMIT_DEPTH_MAX`. */
export function limitVariable(name: LimitName): string {
  return `LIMIT_${name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`;
}
