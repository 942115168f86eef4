/** Address → a pool of HTTP connections to it, made of undici's. */
import { Client, type Dispatcher, Pool } from 'undici';
import type { Limits } from '../../model/limits.ts';
import type { OnOutcome } from '../call-outcome.ts';
import { type HttpExchange, UndiciExchange } from './http-exchange.ts';

/** `fresh`: a connection that no request has used. The server may have closed a reused one. */
export type ConnectionKind = 'reused' | 'fresh';

export interface ConnectionPool {
  /** Calls `onOutcome` once; not at all if the exchange is cancelled before. May add to `headers`. */
  send(headers: string[], body: string, connection: ConnectionKind, onOutcome: OnOutcome): HttpExchange;
  close(): Promise<void>;
}

type ConnectionPoolLimits = Pick<Limits, 'platformConnectMs' | 'platformConnectionsMax' | 'platformResponseBytesMax'>;

/** `now`: milliseconds of the gateway's clock. Throws a `TypeError` if `address` is not a URL. */
export function openConnectionPool(address: string, limits: ConnectionPoolLimits, now: () => number): ConnectionPool {
  const url = new URL(address);
  const path = url.pathname + url.search;
  const authorization = createBasicAuthorization(url);
  // Callers cancel exchanges at their deadlines, so undici's own timeouts would only cost time.
  const openPool = (): Pool =>
    new Pool(url.origin, {
      connections: limits.platformConnectionsMax,
      connectTimeout: limits.platformConnectMs,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      factory: (origin, options: Client.Options) => new PooledConnection(origin, options),
    });
  const reusedPool = openPool();
  /** Closes each connection after its first exchange. */
  let freshPool: Pool | undefined;
  return {
    send(headers, body, connection, onOutcome) {
      const exchange = new UndiciExchange(limits.platformResponseBytesMax, now(), onOutcome);
      const request: ExchangeOptions = { path, method: 'POST', headers, body, reset: connection === 'fresh', exchange };
      if (authorization !== undefined && !hasAuthorization(headers)) headers.push('authorization', authorization);
      if (connection === 'reused') reusedPool.dispatch(request, exchange);
      else {
        freshPool ??= openPool();
        freshPool.dispatch(request, exchange);
      }
      return exchange;
    },
    close: async () => void (await Promise.all([reusedPool.destroy(), freshPool?.destroy()])),
  };
}

/** User and password of a URL as a Basic credential (RFC 7617). */
function createBasicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const credentials = `${decodeUserInfo(username)}:${decodeUserInfo(password)}`;
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
}

/** Returns the text unchanged if a `%` in it begins no escape. */
function decodeUserInfo(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

/** A forwarded credential of the client wins over that of the address. */
function hasAuthorization(headers: readonly string[]): boolean {
  return headers.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'authorization');
}

interface ExchangeOptions extends Dispatcher.DispatchOptions {
  readonly exchange: UndiciExchange;
}

/** A connection of the pool. It opens a new socket after its server has closed the last one. */
class PooledConnection extends Client {
  /** Exchanges over the current socket. */
  exchanges = 0;

  constructor(origin: URL, options: Client.Options) {
    super(origin, options);
    this.on('connect', () => {
      this.exchanges = 0;
    });
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if ('exchange' in options && options.exchange instanceof UndiciExchange) options.exchange.connection = this;
    return super.dispatch(options, handler);
  }
}
