/** Credit code → the division whose platform holds the row, by the organisation directory of the run. */
import type { Region } from '@yiwang/schema';
import { type Path, PublicError } from '../../model/errors.ts';
import type { Run } from '../context.ts';

/** Undefined for a code that the directory does not know, and if no directory was ever read. */
export function regionOfOrganisation(code: string, { organisations }: Run): Region | undefined {
  return organisations.find(code)?.home;
}

/** A row names an organisation that the directory does not know, or a directory was never read. */
export function reportUnknownOrganisation(code: string, path: Path, run: Run): void {
  if (reportUnreadDirectory(code, path, run)) return;
  run.collector.addError(
    new PublicError('NOT_FOUND', `the organisation directory does not know "${code}", which a row names`, { path }),
  );
}

/** Without a directory a code is neither known nor unknown: that is said, and coverage is not complete. */
export function reportUnreadDirectory(code: string, path: Path, { collector, organisations }: Run): boolean {
  if (organisations.isLoaded) return false;
  const message = `the organisation directory, which says where "${code}" belongs, has not been read; try again later`;
  collector.addNoPlatform(new PublicError('PLATFORM_UNREACHABLE', message, { path }));
  return true;
}
