/** Record: entries of operations → an append-only table that can be audited. */

export { prepareRecord, WRITER_ROLE } from './database/prepare-record.ts';
export { archiveRecord } from './integrity/archive-record.ts';
export { auditArchive, auditRecord } from './integrity/audit-record.ts';
export type { ArchiveStatement } from './integrity/signed-statement.ts';
export { openRecord } from './open-record.ts';
export { createNullRecorder, type Recorder } from './recorder.ts';
export { RECORD_PLATFORM } from './subgraph/record-server.ts';
