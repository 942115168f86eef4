/** Which data classes the catalogue lists for whom. */
import { type DataClass, dataClassRules, type PassportClaims } from '@yiwang/schema';

/**
 * Government finds in the catalogue what it may apply for; to everybody else what lies outside the own view does not
 * exist.
 */
export function visibleClasses({ audience, classes }: PassportClaims): readonly DataClass[] {
  const isGovernment = audience === 'department' || audience === 'supervisor';
  return isGovernment ? dataClassRules.map((rule) => rule.class) : classes;
}
