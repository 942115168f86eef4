/** Bulk loading of the demo's rows, as platforms load batches. */
export { type CopyTarget, type CopyValue, copyRows } from '@yiwang/platform';
