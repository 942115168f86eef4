/** What `yiwang check` found in a schema. */
import type { FindingKind, SchemaFinding } from '@yiwang/schema/sdl';

/** One subgraph that the schema was held against. */
export interface SubgraphReport {
  readonly name: string;
  /** Root fields of the subgraph in the standard, and how many of them the platform serves. */
  readonly rootFields: number;
  readonly rootFieldsServed: number;
  /** Types of the subgraph in the standard. */
  readonly types: readonly string[];
  readonly findings: readonly SchemaFinding[];
}

export interface CheckReport {
  /** The file or URL. */
  readonly source: string;
  /** Version of the standard. */
  readonly standard: string;
  readonly subgraphs: readonly SubgraphReport[];
  /** Each once, though several subgraphs may share the type: breaches first. */
  readonly findings: readonly SchemaFinding[];
}

export interface PrintOptions {
  readonly color: boolean;
}

export const KINDS: readonly FindingKind[] = ['breach', 'lack', 'note'];

export function createReport(source: string, standard: string, subgraphs: readonly SubgraphReport[]): CheckReport {
  const all = subgraphs.flatMap(({ findings }) => findings);
  const unique = [...new Map(all.map((finding) => [`${finding.rule} ${finding.coordinate}`, finding])).values()];
  const findings = KINDS.flatMap((kind) => unique.filter((finding) => finding.kind === kind));
  return { source, standard, subgraphs, findings };
}

export function countOf({ findings }: Pick<CheckReport, 'findings'>, kind: FindingKind): number {
  return findings.filter((finding) => finding.kind === kind).length;
}
