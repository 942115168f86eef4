/** Registry: versions of the supergraph that are promoted and rolled back, and how often what of them was used. */
export { prepareRegistry, REGISTRY_ROLE } from './prepare-registry.ts';
export { followPromoted, type PromotedSupergraph } from './promoted-supergraph.ts';
export {
  deleteUsageBefore,
  listMoves,
  listVersions,
  type Move,
  type PlatformCheck,
  promote,
  publishVersion,
  type RegisteredVersion,
  readPromoted,
  readUsage,
  readVersion,
  recordChecks,
  rollback,
  type SchemaTexts,
  type Usage,
  type VersionSummary,
} from './registry-store.ts';
export { createUsageCounter, type UsageCounter } from './usage-counter.ts';
export { startUsageWriter } from './usage-writer.ts';
export { verifyVersion } from './version-signature.ts';
