/** Record: what was asked and answered → an append-only table. */
export { archiveRecord } from './archive.ts';
export { verifyArchive } from './archive-file.ts';
export { compareHead, createHeadKeeper, readHeadFile, readOtherHeads } from './heads.ts';
export { type PreparedRecord, prepareRecord, type RecordRoles } from './prepare.ts';
export { createRecordReader } from './reader.ts';
export { createNoRecorder, createRecorder, type Recorder } from './recorder.ts';
export { RECORD_PLATFORM, startRecordServer } from './server.ts';
export { type ArchiveStatement, createStatementReader } from './statements.ts';
export { createRecordStore } from './store.ts';
export { type RecordReport, verifyRecord } from './verify.ts';
