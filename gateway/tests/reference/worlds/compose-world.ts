/** Composes the supergraph of a world. No server runs its subgraphs. */
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@requires", "@provides", "@external", "@override", "@shareable", "@interfaceObject"])`;

interface Subgraphs {
  readonly subgraphs: Readonly<Record<string, { readonly sdl: string }>>;
}

export function composeWorld({ subgraphs }: Subgraphs): string {
  const services = Object.entries(subgraphs).map(([name, { sdl }]) => ({
    name,
    url: `http://127.0.0.1/${name}`,
    typeDefs: parse(`${LINK}\n${sdl}`),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(JSON.stringify(errors));
  return supergraphSdl;
}
