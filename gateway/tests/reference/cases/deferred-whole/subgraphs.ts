/** Who does not take parts gets what is deferred with the rest. */
export { SUBGRAPHS } from '../conditions/subgraphs.ts';
