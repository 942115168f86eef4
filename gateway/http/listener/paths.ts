/** The paths at which the gateway is asked. */

export const GRAPHQL_PATH = '/graphql';
/** Of the door for gateways above, as directories have it in a platform's `url`. */
export const PLATFORM_PATH = '/platform';

/** The limit of a request's body, by its address. */
export function bodyLimitOf(url: string): 'relayBodyBytesMax' | 'bodyBytesMax' {
  return url.split('?', 1)[0] === PLATFORM_PATH ? 'relayBodyBytesMax' : 'bodyBytesMax';
}
