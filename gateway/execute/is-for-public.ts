/** Run → whether its statistics are shown as the public sees them. */
import type { Rights } from '../model/rights.ts';
import type { Run } from './context.ts';

/** Only officials see small counts. The gateway that has the client withholds them. */
export function isForPublic(run: Run): boolean {
  return run.recipient === 'client' && !isOfficial(run.operation.rights);
}

/** An auditor sees no more of the statistics than the public. */
function isOfficial({ audience }: Rights): boolean {
  return audience === 'department' || audience === 'supervisor';
}
