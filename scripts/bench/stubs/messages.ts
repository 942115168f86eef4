/** What a process of light platforms and its parent say to each other; an answer has the number of what it answers. */

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

/** By platform, since the start. */
export interface StubState {
  /** Open ones, of all. */
  readonly connections: number;
  readonly calls: Readonly<Record<string, number>>;
  /** Rows in the pages that were given. */
  readonly rows: Readonly<Record<string, number>>;
  readonly last?: Readonly<Record<string, ReceivedCall | undefined>> | undefined;
}
