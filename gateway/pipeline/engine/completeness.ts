/** Coverage → whether an answer is as complete as its client wants it. */
import type { GraphQLError } from 'graphql';
import { PublicError } from '../../model/errors.ts';
import type { Coverage, EngineResult } from '../../model/validated-operation.ts';

/** True if coverage is below what the client wants: everything, or a share of the platforms that were asked. */
export function isIncomplete(coverage: Coverage | undefined, completeness: number): coverage is Coverage {
  if (coverage === undefined || completeness === 0) return false;
  if (completeness === 1) return !coverage.complete;
  return coverage.asked === 0 || coverage.answered / coverage.asked < completeness;
}

export function refuseIncomplete(
  coverage: Coverage,
  completeness: number,
  errors: readonly GraphQLError[],
): EngineResult {
  const { asked, answered, unserved = [] } = coverage;
  const wanted = completeness === 1 ? 'all that it asks for' : `a share of ${completeness}`;
  const nobody = unserved.length === 0 ? '' : `, no platform answers for ${listDivisions(unserved)}`;
  const message = `${answered} of ${asked} calls of platforms were answered${nobody}, and this request wants ${wanted}`;
  return { data: null, errors: [new PublicError('INCOMPLETE', message), ...errors], coverage };
}

/** Lists the first few divisions; coverage lists all of them. */
function listDivisions(divisions: readonly string[]): string {
  const more = divisions.length - LISTED_DIVISIONS_MAX;
  return more <= 0 ? divisions.join(', ') : `${divisions.slice(0, LISTED_DIVISIONS_MAX).join(', ')} and ${more} more`;
}

const LISTED_DIVISIONS_MAX = 5;
