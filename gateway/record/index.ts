/** Record: what was asked and answered → an append-only table. */
export { createNoRecorder, createRecorder, type Recorder } from './recorder.ts';
export { createRecordStore } from './store.ts';
export { type RecordReport, verifyRecord } from './verify.ts';
