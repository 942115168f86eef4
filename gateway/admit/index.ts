/** Admit: rights and document → an operation of the audience's view, within bounds, or the errors that refuse it. */
export { type Admit, createAdmit } from './admit.ts';
export { forEachUsedInVariables, type UsedCoordinates } from './used-coordinates.ts';
