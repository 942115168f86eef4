/** What planning needs of a supergraph, for tests that have nothing but its text. */
import { parse } from 'graphql';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import { readPlanning } from '../../supergraph/index.ts';

export function readPlanningOf(sdl: string, overrideLabels: readonly string[] = []): PlanningSupergraph {
  return readPlanning(sdl, parse(sdl, { noLocation: true }), overrideLabels);
}
