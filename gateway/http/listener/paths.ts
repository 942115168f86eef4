/** Paths of the public listener. */

export const GRAPHQL_PATH = '/graphql';
/** The path for upstream gateways; directories have it in a platform's `url`. */
export const PLATFORM_PATH = '/platform';

/** The limit of a request's body, by its path. */
export function bodyLimitOf(url: string): 'relayBodyBytesMax' | 'bodyBytesMax' {
  return url.split('?', 1)[0] === PLATFORM_PATH ? 'relayBodyBytesMax' : 'bodyBytesMax';
}
