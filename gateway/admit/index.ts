/** Admit: rights and document → an operation of the audience's view, within bounds, or the errors that refuse it. */
export { type Admit, createAdmit, type ValidationRequest, type ValidationResult } from './admit.ts';
export { createUpstreamViews, type UpstreamViewOf } from './views/upstream-views.ts';
export { createViews, type ViewRule, type Views } from './views/views.ts';
