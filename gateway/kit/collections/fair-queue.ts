/**
 * A queue in which groups take turns, and within each group its parts, so that one with many waiting items does not hold up one with
 * few. Groups and parts are told apart as the keys of a `Map` are.
 */
export interface FairQueue<Item> {
  add(group: unknown, part: unknown, item: Item): void;
  /** The next item: the oldest of the part whose turn it is in the group whose turn it is. */
  take(): Item | undefined;
  /** True where it was there. */
  remove(group: unknown, part: unknown, item: Item): boolean;
  /** How many of the group wait. */
  sizeOf(group: unknown): number;
  readonly size: number;
  /** Groups of which some wait. */
  readonly groups: number;
}

export function createFairQueue<Item>(): FairQueue<Item> {
  return new GroupedQueue();
}

/** In the order of turns: a part that was served goes to the end. Sets keep the order of arrival. */
interface Group<Item> {
  readonly parts: Map<unknown, Set<Item>>;
  size: number;
}

class GroupedQueue<Item> implements FairQueue<Item> {
  /** In the order of turns, too. */
  #groups = new Map<unknown, Group<Item>>();
  size = 0;

  get groups(): number {
    return this.#groups.size;
  }

  sizeOf(group: unknown): number {
    return this.#groups.get(group)?.size ?? 0;
  }

  add(key: unknown, part: unknown, item: Item): void {
    let group = this.#groups.get(key);
    if (!group) {
      group = { parts: new Map(), size: 0 };
      this.#groups.set(key, group);
    }
    const items = group.parts.get(part);
    if (items) items.add(item);
    else group.parts.set(part, new Set([item]));
    group.size++;
    this.size++;
  }

  take(): Item | undefined {
    for (const [key, group] of this.#groups) {
      for (const [part, items] of group.parts) {
        const item = items.values().next().value as Item;
        items.delete(item);
        group.parts.delete(part);
        if (items.size > 0) group.parts.set(part, items);
        this.#groups.delete(key);
        if (--group.size > 0) this.#groups.set(key, group);
        this.#shrink();
        return item;
      }
    }
    return undefined;
  }

  remove(key: unknown, part: unknown, item: Item): boolean {
    const group = this.#groups.get(key);
    const items = group?.parts.get(part);
    if (!group || !items?.delete(item)) return false;
    if (items.size === 0) group.parts.delete(part);
    if (--group.size === 0) this.#groups.delete(key);
    this.#shrink();
    return true;
  }

  /** A map that lives long holds on to what was in it, for the reason that a roster has. */
  #shrink(): void {
    this.size--;
    if (this.size === 0) this.#groups = new Map();
  }
}
