/** Messages between a process of stub platforms and its parent. A reply has the number of its command. */

import type { MapPlatform } from './national-map.ts';
import type { ReceivedCall, StubBehaviour } from './stub-platform.ts';

export type StubCommand =
  | {
      readonly kind: 'start';
      readonly number: number;
      readonly places: readonly MapPlatform[];
      readonly rowsEach: number;
    }
  | {
      readonly kind: 'behave';
      readonly number: number;
      readonly ids: readonly string[];
      readonly behaviour: StubBehaviour;
    }
  | { readonly kind: 'state'; readonly number: number; readonly withLast: boolean };

export interface StubReply {
  readonly number: number;
  readonly ports?: Readonly<Record<string, number>>;
  readonly state?: StubState;
}

/** Counters by platform since the start. */
export interface StubState {
  /** Open connections of all platforms. */
  readonly connections: number;
  readonly calls: Readonly<Record<string, number>>;
  /** Rows in the pages sent. */
  readonly rows: Readonly<Record<string, number>>;
  readonly last?: Readonly<Record<string, ReceivedCall | undefined>> | undefined;
}
