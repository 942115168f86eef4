/** The columns that the generator fills, by table of the municipal subgraph and the hotline, in the order of loading. */
import type { CopyValue } from '../copy.ts';
import { DEPARTMENT_COLUMNS, DUTY_COLUMNS } from '../departments/department.ts';

export const COLUMNS = {
  departments: DEPARTMENT_COLUMNS,
  duties: DUTY_COLUMNS,
  grid_cells: ['code', 'division', 'name', 'area_square_metres', 'valid_from', 'valid_to'],
  officers: ['id', 'division', 'name', 'phone', 'post', 'department', 'grids'],
  components: [
    ...([
      'code',
      'division',
      'category',
      'name',
      'grid',
      'state',
      'longitude',
      'latitude',
      'owner',
      'in_charge',
    ] as const),
    ...(['maintainer', 'material', 'source', 'initial_on', 'changed_on'] as const),
  ],
  cases: [
    ...(['id', 'division', 'grid', 'category', 'condition_id', 'source', 'status', 'flow_state', 'suspended'] as const),
    ...(['suspended_until', 'description', 'address', 'longitude', 'latitude', 'department', 'component'] as const),
    ...(['request', 'reporter_name', 'reporter_phone', 'limit_amount', 'limit_unit', 'reported_at'] as const),
    ...(['verified_at', 'filed_at', 'dispatched_at', 'handled_at', 'inspected_at', 'closed_at', 'voided_at'] as const),
    ...(['transferred_at', 'accept_due_at', 'verify_due_at', 'dispatch_due_at', 'handle_due_at'] as const),
    ...(['inspect_due_at', 'due_at', 'accept_seconds'] as const),
    ...(['dispatch_seconds', 'handle_seconds', 'total_seconds', 'paused_seconds', 'filed_on_time'] as const),
    ...(['handled_on_time', 'on_time', 'return_count', 'rework_count', 'extension_count', 'appeal'] as const),
  ],
  case_stages: [
    ...(['case_id', 'seq', 'division', 'action', 'at', 'actor_name', 'actor_phone', 'actor_post'] as const),
    ...(['officer', 'receiver', 'department', 'reason', 'suspended_until', 'from_status', 'to_status'] as const),
    ...(['due_at', 'elapsed_seconds'] as const),
  ],
  requests: [
    ...(['id', 'division', 'kind', 'channel', 'category', 'status', 'title', 'content', 'grid', 'address'] as const),
    ...([
      'longitude',
      'latitude',
      'requester_name',
      'requester_phone',
      'received_at',
      'dispatched_at',
      'due_at',
    ] as const),
    ...(['answered_at', 'called_back_at', 'closed_at', 'first_receiver', 'handler', 'return_count'] as const),
    ...(['valid_callback', 'responded', 'resolved', 'satisfied', 'case_id', 'urgent', 'flow_state'] as const),
    ...(['sign_due_at', 'signed_at', 'contacted_at'] as const),
    ...(['second_handled_at', 'return_ruling', 'extension_count', 'excluded'] as const),
  ],
  request_stages: [
    ...(['request_id', 'seq', 'division', 'action', 'at', 'actor_name', 'actor_phone', 'actor_post'] as const),
    ...(['officer', 'department', 'reason', 'valid_callback', 'responded', 'resolved', 'satisfied'] as const),
    ...(['due_at', 'elapsed_seconds'] as const),
  ],
  facilities: [
    ...(['id', 'division', 'kind', 'name', 'address', 'longitude', 'latitude', 'opening_hours'] as const),
    ...(['capacity', 'available', 'operator', 'barrier_free'] as const),
  ],
  monitoring_points: [
    ...(['id', 'division', 'field', 'name', 'longitude', 'latitude', 'metric', 'unit', 'status'] as const),
    ...(['latest', 'latest_at'] as const),
  ],
  alarms: [
    ...(['id', 'division', 'point', 'level', 'field', 'metric', 'value', 'threshold', 'raised_at'] as const),
    ...(['acknowledged_at', 'resolved_at', 'false_alarm'] as const),
  ],
  enforcement_cases: [
    ...(['id', 'division', 'category', 'department', 'subject', 'party', 'basis', 'decision', 'fine_yuan'] as const),
    ...(['status', 'filed_at', 'decided_at'] as const),
  ],
  property_companies: [
    ...(['code', 'division', 'name', 'grade', 'score', 'list', 'list_reason', 'communities', 'rated_on'] as const),
  ],
  monthly_topics: ['id', 'division', 'month', 'title', 'category', 'lead'],
  monthly_topic_categories: ['topic', 'division', 'category'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Table = keyof typeof COLUMNS;

/** The tables of the hotline; all others are of the municipal subgraph. */
export const HOTLINE_TABLES: ReadonlySet<string> = new Set<Table>([
  ...(['requests', 'request_stages', 'monthly_topics', 'monthly_topic_categories'] as const),
]);
export type Row<T extends Table> = Readonly<Record<(typeof COLUMNS)[T][number], CopyValue>>;

/** Some rows of one table. Batches come in an order in which they may be loaded one after the other. */
export type Batch = { readonly [T in Table]: { readonly table: T; readonly rows: readonly Row<T>[] } }[Table];
