/** URL → endpoint, kept with its health when a new version of the directory is loaded. */
import type { Limits } from '../../model/limits.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';

export interface EndpointRegistry {
  /** Throws a `TypeError` if `url` is not a URL. */
  get(url: string): Endpoint;
  /** Closes all other endpoints, each as soon as it is idle. */
  retain(urls: Iterable<string>): void;
  state(): { endpoints: number; callsInFlight: number; callsWaiting: number; breakersOpen: number };
  close(): Promise<void>;
}

export function createEndpointRegistry(limits: Limits, now: () => number): EndpointRegistry {
  const endpoints = new Map<string, Endpoint>();
  /** Undefined before the first call of `retain`. */
  let retainedUrls: ReadonlySet<string> | undefined;
  const remove = (endpoint: Endpoint): void => {
    endpoints.delete(endpoint.url);
    void endpoint.close();
  };
  const onIdle = (endpoint: Endpoint): void => {
    if (retainedUrls && !retainedUrls.has(endpoint.url) && endpoints.get(endpoint.url) === endpoint) remove(endpoint);
  };
  return {
    get(url) {
      let endpoint = endpoints.get(url);
      if (!endpoint) {
        endpoint = createEndpoint(url, { limits, now, onIdle });
        endpoints.set(url, endpoint);
      }
      return endpoint;
    },
    retain(urls) {
      retainedUrls = new Set(urls);
      for (const endpoint of [...endpoints.values()]) if (endpoint.load === 0) onIdle(endpoint);
    },
    state() {
      const state = { endpoints: endpoints.size, callsInFlight: 0, callsWaiting: 0, breakersOpen: 0 };
      for (const { health } of endpoints.values()) {
        state.callsInFlight += health.limiter.running;
        state.callsWaiting += health.limiter.waiting;
        if (health.breaker.isOpen) state.breakersOpen++;
      }
      return state;
    },
    async close() {
      const all = [...endpoints.values()];
      endpoints.clear();
      await Promise.all(all.map((endpoint) => endpoint.close()));
    },
  };
}
