/** The paths at which the gateway is asked. */

export const GRAPHQL_PATH = '/graphql';
/** Of the door for gateways above, as directories have it in a platform's `url`. */
export const RELAY_PATH = '/platform';
