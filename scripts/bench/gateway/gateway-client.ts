/** A GraphQL client for a gateway that measures how long operations take. */
import { performance } from 'node:perf_hooks';
import type { Coverage } from '@yiwang/gateway/model/validated-operation.ts';
import { Pool } from 'undici';
import type { GatewayProcess } from './gateway-process.ts';

export interface GatewayClient {
  request(query: string, options?: RequestOptions): Promise<GatewayReply>;
  close(): Promise<void>;
}

export interface RequestOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborts the request. */
  readonly signal?: AbortSignal;
}

export interface GatewayReply {
  readonly status: number;
  readonly elapsedMs: number;
  readonly bytes: number;
  // biome-ignore lint/suspicious/noExplicitAny: callers know the shape of their answers
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  readonly coverage: Coverage | undefined;
}

export function createGatewayClient({ url, credential }: Pick<GatewayProcess, 'url' | 'credential'>): GatewayClient {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 64, headersTimeout: 60_000, bodyTimeout: 60_000 });
  return {
    async request(query, { variables = {}, headers = {}, signal } = {}) {
      const started = performance.now();
      const { statusCode, body } = await pool.request({
        path: pathname,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...credential, ...headers },
        body: JSON.stringify({ query, variables }),
        ...(signal ? { signal } : {}),
      });
      const text = await body.text();
      const elapsedMs = performance.now() - started;
      const {
        data,
        errors = [],
        extensions,
      } = JSON.parse(text) as Partial<GatewayReply> & { extensions?: { coverage?: Coverage } };
      return { status: statusCode, elapsedMs, bytes: text.length, data, errors, coverage: extensions?.coverage };
    },
    close: () => pool.destroy(),
  };
}

/** Throws if the answer has errors or lacks a platform. */
export function assertComplete({ status, errors, coverage }: GatewayReply): void {
  const missing = coverage?.platforms.map(({ platform, status: how, reason }) => `${platform} ${how}: ${reason}`);
  const faults = [...errors.map(({ message }) => message), ...(missing ?? [])];
  if (status !== 200 || faults.length > 0) throw new Error(`status ${status}: ${faults.slice(0, 3).join('; ')}`);
}
