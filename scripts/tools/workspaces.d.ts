export function workspaceFileOf(specifier: string): string | undefined;
