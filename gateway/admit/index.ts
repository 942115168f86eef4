/** Admit: rights and document → an operation of the audience's view, within bounds, or the errors that refuse it. */
export { type Admission, type Admit, createAdmit, type Proposal } from './admit.ts';
export { createRelayViews, type RelayViewOf } from './relay-views.ts';
export { createViews, type ViewRule, type Views } from './views.ts';
