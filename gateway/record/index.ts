/** Record: what was asked and answered → an append-only table. */

export { type PreparedRecord, prepareRecord, type RecordRoles } from './database/prepare-record.ts';
export { createRecordReader } from './database/record-reader.ts';
export { createRecordStore } from './database/record-store.ts';
export { archiveRecord } from './integrity/archive-record.ts';
export { compareSavedHead, createHeadWriter, readHeadFile, readReplacedHeads } from './integrity/signed-head.ts';
export { type ArchiveStatement, createStatementVerifier } from './integrity/signed-statement.ts';
export { verifyArchive } from './integrity/verify-archive.ts';
export { type RecordReport, verifyRecord } from './integrity/verify-record.ts';
export { createNullRecorder, createRecorder, type Recorder } from './recorder.ts';
export { RECORD_PLATFORM, startRecordServer } from './subgraph/record-server.ts';
