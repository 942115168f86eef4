/** What would come later is refused beforehand. */
export { SUBGRAPHS } from '../conditions/subgraphs.ts';
