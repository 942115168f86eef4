/** What readers of files give: rows as objects, and records that are no rows. */
import type { Row } from '@yiwang/schema/rules';

/** A record that cannot be read as a row. */
export interface RecordFault {
  /** `CSV`, `JSON`, `FIELD` for a field that the type does not have, `TYPE` for a value of another kind. */
  readonly rule: 'CSV' | 'JSON' | 'FIELD' | 'TYPE';
  /** '' for the whole record. */
  readonly path: string;
  readonly message: string;
}

export interface ReadRow {
  /** Where the record begins, from 1. */
  readonly line: number;
  /** Undefined for a record that is no row at all. */
  readonly row: Row | undefined;
  readonly faults: readonly RecordFault[];
}
