/** The standard itself: its version and parts, the rules it rests on, and the error of what breaks it. */
export { type Regulation, regulations } from './regulations.ts';
export { StandardError, type StandardReason } from './standard-error.ts';
export { type Standard, standards, standardVersion } from './standards.ts';
