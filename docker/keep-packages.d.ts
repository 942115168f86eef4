interface Lock {
  readonly packages: Readonly<Record<string, object>>;
}

/** The lockfile's places of the packages with all that they need, and those of everything else. */
export function sortPackages(
  lock: Lock,
  names: readonly string[],
): { readonly kept: readonly string[]; readonly others: readonly string[] };
