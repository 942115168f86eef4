/** Who may import whom, as data: the check holds the sources to it, and `npm run imports` prints it. */

export interface Part {
  /** As others name it in `may`, and as the table shows it. */
  readonly name: string;
  /** Which folders these are, if the name does not say it. */
  readonly about?: string;
  /** Paths from the root of the repository. The first part that fits a file is the file's part. */
  readonly files: RegExp;
  /** Parts whose files it may import, besides its own. */
  readonly may: readonly string[];
  /** Its folders are parts of their own: none imports from another. */
  readonly apart?: true;
  /** Other parts import the `index.ts` of its folders, and nothing behind it. */
  readonly face?: true;
}

const GATEWAY_BASE = ['schema', 'gateway/model', 'gateway/kit'];

/** Modules that platforms of several tiers have, and what they are built on. */
const SHARED_MODULES = ['schema', 'subgraphs/platform', 'subgraphs/supervision', 'subgraphs/departments'];

const PRODUCT: readonly Part[] = [
  { name: 'schema', files: /^schema\//, may: [] },
  { name: 'gateway/kit', files: /^gateway\/kit\//, may: [] },
  { name: 'gateway/model', files: /^gateway\/model\//, may: ['schema'] },
  {
    name: 'a step of the gateway',
    about: 'identify admit plan execute route fetch gather conform respond record',
    files: /^gateway\/(identify|admit|plan|execute|route|fetch|gather|conform|respond|record)\//,
    may: GATEWAY_BASE,
    apart: true,
    face: true,
  },
  { name: 'gateway/supergraph', files: /^gateway\/supergraph\//, may: GATEWAY_BASE },
  { name: 'gateway/schema-checks', files: /^gateway\/schema-checks\//, may: GATEWAY_BASE, face: true },
  { name: 'gateway/registry', files: /^gateway\/registry\//, may: GATEWAY_BASE, face: true },
  { name: 'gateway/telemetry', files: /^gateway\/telemetry\//, may: ['gateway/model', 'gateway/kit'] },
  { name: 'gateway/config', files: /^gateway\/config\//, may: GATEWAY_BASE },
  {
    name: 'gateway/pipeline',
    files: /^gateway\/pipeline\//,
    may: [...GATEWAY_BASE, 'a step of the gateway', 'gateway/supergraph'],
  },
  {
    name: 'gateway/http',
    files: /^gateway\/http\//,
    may: [...GATEWAY_BASE, 'gateway/telemetry', 'gateway/pipeline'],
  },
  {
    name: 'gateway/playground',
    files: /^gateway\/playground\//,
    may: ['gateway/kit', 'a step of the gateway', 'gateway/config'],
  },
  {
    name: 'gateway/start',
    files: /^gateway\/start\//,
    may: [
      ...[
        'schema',
        'gateway/model',
        'gateway/kit',
        'a step of the gateway',
        'gateway/supergraph',
        'gateway/registry',
        'gateway/schema-checks',
        'gateway/telemetry',
      ],
      ...['gateway/config', 'gateway/pipeline', 'gateway/http'],
    ],
  },
  {
    name: 'gateway/main.ts',
    files: /^gateway\/main\.ts$/,
    may: ['gateway/config', 'gateway/playground', 'gateway/start'],
  },
  { name: 'subgraphs/platform', files: /^subgraphs\/platform\//, may: ['schema'] },
  { name: 'subgraphs/supervision', files: /^subgraphs\/supervision\//, may: ['schema', 'subgraphs/platform'] },
  { name: 'subgraphs/departments', files: /^subgraphs\/departments\//, may: ['schema', 'subgraphs/platform'] },
  {
    name: 'subgraphs/provincial',
    files: /^subgraphs\/provincial\//,
    may: SHARED_MODULES,
  },
  {
    name: 'subgraphs/national',
    files: /^subgraphs\/national\//,
    may: [...SHARED_MODULES, 'subgraphs/provincial'],
  },
  { name: 'subgraphs/hotline', files: /^subgraphs\/hotline\//, may: SHARED_MODULES },
  {
    name: 'subgraphs/municipal',
    files: /^subgraphs\/municipal\//,
    may: [...SHARED_MODULES, 'subgraphs/hotline'],
  },
  {
    name: 'any other subgraph',
    files: /^subgraphs\/[^/]+\//,
    may: SHARED_MODULES,
    apart: true,
  },
];

/** Each may import the product and the parts before it. */
const SCRIPTS = ['scripts/tools', 'scripts/demo', 'scripts/bench', 'scripts/cli'];

export const PARTS: readonly Part[] = [
  ...PRODUCT,
  ...SCRIPTS.map((name, index) => ({
    name,
    files: new RegExp(`^${name}/`),
    may: [...PRODUCT.map((part) => part.name), ...SCRIPTS.slice(0, index)],
  })),
];
