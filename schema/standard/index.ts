/** The standard itself: its version and parts, the rules it rests on, and the error of what breaks it. */
export { type CodeList, type CodeListEntry, codeList, codeLists, codesOf } from './code-lists.ts';
export { type Regulation, regulations } from './regulations.ts';
export { StandardError, type StandardReason } from './standard-error.ts';
export {
  type Standard,
  type StandardPart,
  type StandardVersion,
  standardParts,
  standards,
  standardVersion,
  standardVersions,
  type VersionStatus,
  versionStatus,
} from './standards.ts';
export { isInVersion, type Versioned } from './versions.ts';
