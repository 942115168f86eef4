/** The views of a supergraph for tests that have nothing but its text. */
import { parse } from 'graphql';
import {
  createUpstreamViews,
  createViews,
  readApiSchema,
  readSupergraph,
  type UpstreamViewOf,
  type ViewRule,
  type Views,
} from '../../supergraph/index.ts';

type Scalars = Parameters<typeof createViews>[2];

export function readViews(sdl: string, rules: readonly ViewRule[], scalars?: Scalars): Views {
  return createViews(readApiSchema(parse(sdl, { noLocation: true })), rules, scalars);
}

/** The one view of a gateway without a policy. */
export function readWholeView(sdl: string, scalars?: Scalars): ReturnType<Views['view']> {
  return readViews(sdl, [{ name: 'all', classes: undefined }], scalars).view('all');
}

export function readUpstreamViews(sdl: string, scalars?: Scalars): UpstreamViewOf {
  const { api, planning } = readSupergraph(sdl, { isStandard: true });
  return createUpstreamViews(api, (subgraph) => planning.types.graphNameOf(subgraph), scalars);
}
