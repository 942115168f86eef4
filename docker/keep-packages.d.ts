interface Lock {
  readonly packages: Readonly<Record<string, object>>;
}

/** The lockfile's places of the packages and their dependencies, and those of all other packages. */
export function sortPackages(
  lock: Lock,
  names: readonly string[],
): { readonly kept: readonly string[]; readonly others: readonly string[] };
