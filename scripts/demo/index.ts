/** The face of the demo network for docker and tests. */
export { GATEWAY_DATABASE } from './control/control.ts';
export { DATA_END } from './data/data-period.ts';
export { readNetworkConfig } from './network/config.ts';
export { DEMO_PLATFORMS, listedSubgraphs } from './platforms.ts';
export { seedDatabases } from './seed/seed-databases.ts';
