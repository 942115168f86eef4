/** The addresses of all platforms, with what is known of each, over generations of the directory. */
import type { Limits } from '../model/limits.ts';
import { type Address, createAddress } from './address.ts';

export interface AddressBook {
  /** Throws a `TypeError` for what is no URL. */
  at(url: string): Address;
  /** Lets go of all others, each as soon as it is idle. */
  retain(urls: Iterable<string>): void;
  state(): { addresses: number; callsUnderWay: number; callsWaiting: number; breakersOpen: number };
  close(): Promise<void>;
}

export function createAddressBook(limits: Limits, now: () => number): AddressBook {
  const addresses = new Map<string, Address>();
  /** Undefined as long as nobody said which ones there are. */
  let kept: ReadonlySet<string> | undefined;
  const letGo = (address: Address): void => {
    addresses.delete(address.url);
    void address.close();
  };
  const onIdle = (address: Address): void => {
    if (kept && !kept.has(address.url) && addresses.get(address.url) === address) letGo(address);
  };
  return {
    at(url) {
      let address = addresses.get(url);
      if (!address) {
        address = createAddress(url, { limits, now, onIdle });
        addresses.set(url, address);
      }
      return address;
    },
    retain(urls) {
      kept = new Set(urls);
      for (const address of [...addresses.values()]) if (address.calls === 0) onIdle(address);
    },
    state() {
      const state = { addresses: addresses.size, callsUnderWay: 0, callsWaiting: 0, breakersOpen: 0 };
      for (const { condition } of addresses.values()) {
        state.callsUnderWay += condition.gate.inside;
        state.callsWaiting += condition.gate.waiting;
        if (condition.breaker.isOpen) state.breakersOpen++;
      }
      return state;
    },
    async close() {
      const all = [...addresses.values()];
      addresses.clear();
      await Promise.all(all.map((address) => address.close()));
    },
  };
}
