/** Flags and variables of the gateway and of platform servers, as docs/configuration.md lists them. */

export interface Setting {
  /** Of `npx yiwang serve`. */
  readonly flag?: string;
  readonly variable?: string;
  readonly is: string;
  readonly default?: string;
}

export interface SettingSection {
  readonly title: string;
  readonly settings: readonly Setting[];
  /** What a reader should know besides, in Markdown. */
  readonly text?: string;
}

const NONE = 'none';

export const GATEWAY_SETTINGS: readonly SettingSection[] = [
  {
    title: 'What it serves',
    settings: [
      {
        flag: '--supergraph',
        variable: 'YIWANG_SUPERGRAPH',
        is: 'file of the supergraph',
        default: '`schema/supergraph.graphql`',
      },
      {
        variable: 'SCHEMA_CHECKS',
        is: '`enforce`: platforms whose schema breaks the standard are not asked; `observe`: they are, and the log says so; `off`',
        default: '`enforce`',
      },
      {
        variable: 'SCHEMA_REGISTRY',
        is: '`true`: serves the version that `npx yiwang registry promote` named, and each one after it, in place of a file; needs `GATEWAY_DATABASE_URL`',
        default: '`false`',
      },
      {
        variable: 'REGISTRY_PUBLISHERS',
        is: 'public keys of those whose versions it serves (JWKS)',
        default: "the data folder's own key",
      },
      {
        flag: '--network',
        variable: 'YIWANG_NETWORK',
        is: 'file of the directory of platforms; it may have `organisations`, too, for a network without an exchange',
        default: '`network.json` in the data folder',
      },
      {
        flag: '--data',
        variable: 'YIWANG_DATA',
        is: 'data folder: keys, directory, copy of the organisation directory, signed head of the record',
        default: '`.yiwang` in the clone',
      },
      { flag: '--host', variable: 'HOST', is: 'address on which it listens', default: '`127.0.0.1`' },
      { flag: '--port', variable: 'PORT', is: 'port on which it listens; 0: one that is free', default: '4000' },
      { flag: '--open', is: 'a plain federation gateway: no access policy, no partitions, no record', default: 'off' },
      { flag: '--demo', is: 'the playground hands out tokens of the demo identities', default: 'off' },
      {
        variable: 'ANSWERS_IN_PARTS',
        is: '`true`: clients that take parts get what is under `@defer` later; `false`: with the rest',
        default: '`true`',
      },
      {
        variable: 'OVERRIDE_LABELS',
        is: 'labels of `@override` that are on, separated by commas; `percent(n)` needs none',
        default: NONE,
      },
      { variable: 'LOG_LEVEL', is: '`fatal error warn info debug trace silent`', default: '`info`' },
    ],
    text: 'The gateway loads the files of supergraph and directory anew when they change, and on SIGHUP, without a failed request.',
  },
  {
    title: 'Who asks',
    settings: [
      {
        variable: 'IDENTITY_JWKS_URL',
        is: "address of the issuer's public keys",
        default: 'none: tokens of `npx yiwang token`',
      },
      { variable: 'IDENTITY_ISSUER', is: 'the claim `iss` of its tokens', default: NONE },
      { variable: 'IDENTITY_AUDIENCE', is: 'the claim `aud` of its tokens', default: NONE },
      {
        variable: 'IDENTITY_POLICIES_CLAIM',
        is: "with `--open`: the claim that lists a caller's policies, for `@policy`",
        default: NONE,
      },
      {
        variable: 'YIWANG_API_KEYS',
        is: 'file of API keys, by digest; followed as it changes',
        default: '`keys/api-keys.json` in the data folder',
      },
      {
        variable: 'TRUSTED_PROXIES',
        is: 'addresses or networks of proxies whose `X-Forwarded-For` is believed, separated by commas',
        default: NONE,
      },
    ],
    text: [
      'The first three go together. With `--open` and an issuer the gateway follows `@authenticated`, `@requiresScopes` (claim `scope`) and',
      '`@policy`; without an issuer it refuses a supergraph that uses them ([decision 23](decisions/0023-open-mode-and-its-clients.md)).',
      '[docs/clients.md](clients.md) has the claims of a token and the form of the file of API keys.',
    ].join('\n'),
  },
  {
    title: 'The standard on the way out',
    settings: [
      {
        variable: 'STANDARD_CHECKS',
        is: '`on`: answers are checked against the rules of the standard; `off`: against their types alone, as with `--open`',
        default: '`on`',
      },
      {
        flag: '--check-modes',
        variable: 'YIWANG_CHECK_MODES',
        is: 'file that says which rules are enforced on which platforms and which are only observed; followed as it changes',
        default: 'none: all are enforced',
      },
    ],
    text: [
      'A value that breaks a rule becomes null, with the error `STANDARD_BREACH`, and is counted against its platform. A rule',
      'that is observed lets the value pass and counts it. The last entry that fits decides; one without `rule` or without',
      '`platform` fits all of them. [docs/operating.md](operating.md) says where the counts are.',
      '',
      '```json',
      '{ "default": "enforce", "modes": [',
      '  { "mode": "observe", "platform": "municipal/420500" },',
      '  { "mode": "enforce", "platform": "municipal/420500", "rule": "CASE-016" }',
      '] }',
      '```',
    ].join('\n'),
  },
  {
    title: 'Browsers and subgraphs',
    settings: [
      {
        variable: 'CORS_ORIGINS',
        is: 'origins whose pages may ask, separated by commas: `https://app.example.cn`, `https://*.example.cn`, `http://localhost:*`, `*`',
        default: NONE,
      },
      { variable: 'CORS_CREDENTIALS', is: '`true`: browsers may send cookies with it', default: '`false`' },
      {
        variable: 'FORWARD_HEADERS',
        is: 'with `--open`: request headers that go on to subgraphs, besides `authorization`, `traceparent`, `tracestate` and `baggage`',
        default: NONE,
      },
      {
        variable: 'SUBGRAPH_ERRORS',
        is: 'with `--open`: `shown` tells clients the messages of subgraphs, `masked` only the log',
        default: '`masked`',
      },
    ],
    text: "In a network nothing of a client's credential reaches a platform.",
  },
  {
    title: 'Plugins',
    settings: [
      {
        flag: '--plugins',
        variable: 'APOLLO_PLUGINS',
        is: 'files of modules that export plugins of Apollo Server by default, separated by commas',
        default: NONE,
      },
    ],
    text: '[docs/federating-your-own.md](federating-your-own.md#plugins-of-apollo-server) says what they see.',
  },
  {
    title: 'Operators',
    settings: [
      { variable: 'OPERATOR_HOST', is: 'address of `/health` in full and of `/metrics`', default: '`127.0.0.1`' },
      { variable: 'OPERATOR_PORT', is: 'their port; `off`: nowhere', default: 'the port after the public one' },
      {
        variable: 'OWN_HOSTS',
        is: "names by which the operators' port and the demo's tokens may be asked, besides addresses and names without a dot",
        default: NONE,
      },
    ],
  },
  {
    title: 'Traces and the access log',
    settings: [
      {
        flag: '--access-log',
        variable: 'ACCESS_LOG',
        is: '`true`: one line of the log for each operation',
        default: '`false`',
      },
      {
        variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        is: 'address of an OpenTelemetry collector, such as `http://127.0.0.1:4318`; turns traces on',
        default: 'none: no traces',
      },
      {
        variable: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
        is: 'the same for traces alone, with its path, such as `http://127.0.0.1:4318/v1/traces`',
        default: NONE,
      },
      {
        variable: 'OTEL_TRACES_EXPORTER',
        is: '`otlp` turns traces on, to `http://localhost:4318` without an endpoint; `none` turns them off',
        default: '`otlp` with an endpoint',
      },
      { variable: 'OTEL_SDK_DISABLED', is: '`true` turns traces off', default: '`false`' },
    ],
    text: [
      'The SDK of OpenTelemetry reads its other variables by itself: `OTEL_SERVICE_NAME` (default `yiwang-gateway`), `OTEL_RESOURCE_ATTRIBUTES`,',
      '`OTEL_TRACES_SAMPLER`, `OTEL_BSP_…`, `OTEL_EXPORTER_OTLP_HEADERS`. Spans are sent by OTLP over HTTP with JSON; another',
      '`OTEL_EXPORTER_OTLP_PROTOCOL` stops the start. Without traces nothing of the SDK is loaded.',
      '[docs/operating.md](operating.md#traces) has the spans and the lines of the access log.',
    ].join('\n'),
  },
  {
    title: 'The record',
    settings: [
      {
        variable: 'GATEWAY_DATABASE_URL',
        is: 'PostgreSQL database of the record',
        default: 'none: operations are not put on record',
      },
    ],
    text: '[docs/operating.md](operating.md#the-record) has its roles, its archives and its verification.',
  },
  {
    title: 'A gateway below another',
    settings: [
      {
        variable: 'RELAY_PLATFORMS',
        is: 'its ids in the directory of the upstream gateway, separated by commas; `municipal/130629+130632` for an entry of several divisions',
        default: NONE,
      },
      {
        variable: 'RELAY_PASSPORT_KEYS',
        is: 'JWKS of the upstream gateway: a URL (its `/.well-known/jwks.json`) or a file',
        default: NONE,
      },
    ],
    text: 'The directory above names it as a platform with the `url` `http://HOST:PORT/platform`.',
  },
];

export const PLATFORM_SETTINGS: readonly Setting[] = [
  { variable: 'PLATFORM_ID', is: '`<subgraph>/<division>`, such as `municipal/420100`', default: 'required' },
  { variable: 'PLATFORM_NAME', is: 'its name', default: 'its id' },
  { variable: 'PLATFORM_TIER', is: '`NATIONAL PROVINCIAL MUNICIPAL DISTRICT STREET`', default: 'required' },
  { variable: 'DATABASE_URL', is: 'PostgreSQL database, as its owner', default: 'required' },
  {
    variable: 'DATABASE_ROLE',
    is: 'role that queries run as; one for each network of a server',
    default: '`yiwang_platform`',
  },
  {
    variable: 'PASSPORT_KEYS',
    is: "the gateway's public keys: a URL of a JWKS, or a file of one",
    default: 'required',
  },
  {
    variable: 'PLATFORM_STANDARD_VERSION',
    is: 'version of the standard that it states while it moves from one to the next',
    default: 'the newest',
  },
  { variable: 'PLATFORM_NOW', is: 'an instant that stands for the present', default: 'the clock' },
  {
    variable: 'PLATFORM_CLOCK_SKEW_SECONDS',
    is: "seconds by which the gateway's clock may be ahead, 0 to 300",
    default: '5',
  },
  { variable: 'HOST', is: 'address on which it listens', default: '`127.0.0.1`' },
  { variable: 'PORT', is: 'port on which it listens', default: 'any that is free' },
  { variable: 'LOG_LEVEL', is: '`fatal error warn info debug trace silent`', default: '`warn`' },
];
