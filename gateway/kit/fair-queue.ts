/** A queue in which groups take turns, so that a group with many waiting items does not hold up one with few. */
export interface FairQueue<Item> {
  add(group: object, item: Item): void;
  /** The next item: the oldest of the group whose turn it is. */
  take(): Item | undefined;
  /** True where it was there. */
  remove(group: object, item: Item): boolean;
  readonly size: number;
}

export function createFairQueue<Item>(): FairQueue<Item> {
  return new GroupedQueue();
}

class GroupedQueue<Item> implements FairQueue<Item> {
  /** In the order of turns: a group that was served goes to the end. Sets keep the order of arrival. */
  #groups = new Map<object, Set<Item>>();
  size = 0;

  add(group: object, item: Item): void {
    const items = this.#groups.get(group);
    if (items) items.add(item);
    else this.#groups.set(group, new Set([item]));
    this.size++;
  }

  take(): Item | undefined {
    for (const [group, items] of this.#groups) {
      const item = items.values().next().value as Item;
      items.delete(item);
      this.#groups.delete(group);
      if (items.size > 0) this.#groups.set(group, items);
      this.#shrink();
      return item;
    }
    return undefined;
  }

  remove(group: object, item: Item): boolean {
    const items = this.#groups.get(group);
    if (!items?.delete(item)) return false;
    if (items.size === 0) this.#groups.delete(group);
    this.#shrink();
    return true;
  }

  /** A map that lives long holds on to what was in it, for the reason that a roster has. */
  #shrink(): void {
    this.size--;
    if (this.size === 0) this.#groups = new Map();
  }
}
