/** Everything that a platform holds as an upper tier: evaluations, inspections, accounts from below, supervision orders. */
import type { ClientBase } from 'pg';
import type { DemoPlatform } from '../../platforms.ts';
import { copyRows } from '../copy.ts';
import { EVALUATION_COLUMNS, evaluationRows } from './evaluations.ts';
import { createFigures, type Figures } from './figures.ts';
import { INSPECTION_COLUMNS, INSPECTION_STAGE_COLUMNS, inspectionRows, TASK_COLUMNS } from './inspections.ts';
import { ANSWER_COLUMNS, ORDER_COLUMNS, ORDER_STAGE_COLUMNS, type OrderMatters, orderRows } from './orders.ts';
import { REPORT_COLUMNS, reportRows } from './reports.ts';

export interface OversightOptions {
  /** Default `yiwang`. */
  readonly seed?: string;
  /** Cases and requests that supervision orders may be about. Default: none. */
  readonly matters?: OrderMatters;
  /** What the platforms below counted. Default: there are none. */
  readonly figures?: Figures;
}

/**
 * Loads the tier's data on the divisions below it and resolves to the number of rows. The tables are those of the modules
 * `provincial` (national and provincial platforms) and `supervision` (all but the exchange), and must be empty.
 */
export async function loadOversight(
  client: ClientBase,
  platform: DemoPlatform,
  { seed = 'yiwang', matters = { cases: [], requests: [] }, figures = createFigures([], []) }: OversightOptions = {},
): Promise<number> {
  if (platform.kind === 'exchange') return 0;
  const { orders, answers, stages: orderStages } = orderRows(platform, seed, matters);
  let count = await copyRows(client, { table: 'supervision_orders', columns: ORDER_COLUMNS }, orders);
  count += await copyRows(client, { table: 'order_answers', columns: ANSWER_COLUMNS }, answers);
  count += await copyRows(client, { table: 'order_stages', columns: ORDER_STAGE_COLUMNS }, orderStages);
  if (platform.kind === 'municipal') return count;
  const { inspections, tasks, stages } = inspectionRows(platform, seed);
  count += await copyRows(client, { table: 'inspections', columns: INSPECTION_COLUMNS }, inspections);
  count += await copyRows(client, { table: 'inspection_tasks', columns: TASK_COLUMNS }, tasks);
  count += await copyRows(client, { table: 'inspection_stages', columns: INSPECTION_STAGE_COLUMNS }, stages);
  count += await copyRows(
    client,
    { table: 'evaluations', columns: EVALUATION_COLUMNS },
    evaluationRows(platform, figures),
  );
  return (
    count +
    (await copyRows(
      client,
      { table: 'periodic_reports', columns: REPORT_COLUMNS },
      reportRows(platform, seed, figures),
    ))
  );
}
