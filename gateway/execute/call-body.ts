/** Query and variables → the JSON text of a request to a platform. */

export function bodyOf(query: string, variables: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ query, variables });
}
