/** A real gateway over toy platforms with files in a folder of its own, and a short way to query it over HTTP. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { readConfig } from '../../../config/config.ts';
import { keyFilesOf, prepareDemoKeys } from '../../../config/keys.ts';
import type { Limits } from '../../../model/limits.ts';
import type { PlatformEntry } from '../../../model/platform/network.ts';
import type { Coverage } from '../../../model/validated-operation.ts';
import { createCredential, DEMO_IDENTITIES } from '../../../playground/demo/index.ts';
import { type Gateway, startGateway } from '../../../start/start-gateway.ts';
import { PATIENT_LIMITS } from '../patient-limits.ts';
import { TOY_SUPERGRAPH } from './toy-engine.ts';

export interface ToyReply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads out of an answer is the test's to say
  readonly data: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
  readonly extensions?: { readonly coverage?: Coverage };
}

export interface ToyGateway extends Gateway {
  readonly networkFile: string;
  readonly supergraphFile: string;
  readonly apiKeysFile: string;
  readonly dataFolder: string;
  /** The header that shows the ministry; empty for an open gateway. */
  readonly credential: Readonly<Record<string, string>>;
  /** As the ministry, which sees the country. */
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<ToyReply>;
  health(): Promise<ToyHealth>;
  /** Puts the file in place in one step, as a careful operator does. */
  writeNetwork(platforms: readonly PlatformEntry[]): Promise<void>;
  writeSupergraph(sdl: string): Promise<void>;
}

export interface ToyHealth {
  readonly status: string;
  readonly generation: {
    readonly number: number;
    readonly draining: number;
    readonly plansWarmed: number;
    readonly fault?: { readonly reason: string };
  };
  readonly platforms: readonly { readonly id: string }[];
}

export interface ToyGatewayOptions {
  readonly platforms: readonly PlatformEntry[];
  readonly limits?: Partial<Limits>;
  readonly open?: boolean;
  /** Default: the toy's. */
  readonly supergraph?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: silent. */
  readonly log?: Logger;
}

/** The entry of a toy platform in a directory. */
export function toyEntry(division: string, url: string): PlatformEntry {
  return { id: `toy/${division}`, name: division, tier: 'MUNICIPAL', division, subgraphs: ['toy'], url };
}

export async function startToyGateway({
  platforms,
  limits = {},
  open = false,
  supergraph = TOY_SUPERGRAPH,
  env = {},
  log = pino({ level: 'silent' }),
}: ToyGatewayOptions): Promise<ToyGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-toy-'));
  const networkFile = join(folder, 'network.json');
  const supergraphFile = join(folder, 'supergraph.graphql');
  const put = async (file: string, text: string): Promise<void> => {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  };
  const writeNetwork = (entries: readonly PlatformEntry[]) => put(networkFile, JSON.stringify({ platforms: entries }));
  await writeNetwork(platforms);
  await put(supergraphFile, supergraph);
  const keys = await prepareDemoKeys(folder);
  const ministry = DEMO_IDENTITIES.find(({ name }) => name === 'ministry')!;
  const { header, value } = await createCredential(ministry, keys, { lifeSeconds: 3_600, nowMs: Date.now() });
  const credential: Record<string, string> = open ? {} : { [header]: value };
  const flags = ['--port', '0', '--data', folder, '--network', networkFile, '--supergraph', supergraphFile];
  const config = readConfig(open ? [...flags, '--open'] : flags, {
    // Their rows are in streets that the standard does not have.
    STANDARD_CHECKS: 'off',
    ...env,
  });
  const gateway = await startGateway({
    config: { ...config, limits: { ...config.limits, ...PATIENT_LIMITS, ...limits } },
    log,
  }).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    ...gateway,
    networkFile,
    supergraphFile,
    apiKeysFile: keyFilesOf(folder).apiKeys,
    dataFolder: folder,
    credential,
    async ask(query, variables = {}) {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...credential },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as Omit<ToyReply, 'status'>) };
    },
    health: async () => (await (await fetch(new URL('/health', gateway.operatorUrl))).json()) as ToyHealth,
    writeNetwork,
    writeSupergraph: (sdl) => put(supergraphFile, sdl),
    async stop() {
      await gateway.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
