/**
 * A queue in which groups take turns, and within each group its parts: a group with many items does not hold up one
 * with few. Groups and parts are compared as keys of a `Map`.
 */
export interface FairQueue<Item> {
  add(group: unknown, part: unknown, item: Item): void;
  /** Removes and returns the oldest item of the next part of the next group. */
  take(): Item | undefined;
  /** Returns false if the item was not in the queue. */
  remove(group: unknown, part: unknown, item: Item): boolean;
  /** Returns how many items the group has. */
  sizeOf(group: unknown): number;
  readonly size: number;
  /** How many groups have items. */
  readonly groups: number;
}

export function createFairQueue<Item>(): FairQueue<Item> {
  return new GroupedQueue();
}

/** Parts are in the order of their turns: a part that had its turn goes to the end. Sets keep the order of arrival. */
interface Group<Item> {
  readonly parts: Map<unknown, Set<Item>>;
  size: number;
}

class GroupedQueue<Item> implements FairQueue<Item> {
  /** In the order of their turns. */
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

  /** An emptied map is replaced, since a long-lived map keeps old entries alive (see `bag.ts`). */
  #shrink(): void {
    this.size--;
    if (this.size === 0) this.#groups = new Map();
  }
}
