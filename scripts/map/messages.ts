/** What a process of light platforms and its parent say to each other; an answer has the number of what it answers. */
import type { LightBehaviour, LightCall } from './light-platform.ts';
import type { LightPlace } from './national-map.ts';

export type ToPlatforms =
  | {
      readonly kind: 'start';
      readonly number: number;
      readonly places: readonly LightPlace[];
      readonly rowsEach: number;
    }
  | {
      readonly kind: 'behave';
      readonly number: number;
      readonly ids: readonly string[];
      readonly behaviour: LightBehaviour;
    }
  | { readonly kind: 'state'; readonly number: number; readonly withLast: boolean };

export interface FromPlatforms {
  readonly number: number;
  readonly ports?: Readonly<Record<string, number>>;
  readonly state?: PlatformsState;
}

/** By platform, since the start. */
export interface PlatformsState {
  /** Open ones, of all. */
  readonly connections: number;
  readonly calls: Readonly<Record<string, number>>;
  /** Rows in the pages that were given. */
  readonly rows: Readonly<Record<string, number>>;
  readonly last?: Readonly<Record<string, LightCall | undefined>> | undefined;
}
