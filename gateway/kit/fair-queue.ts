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
  /** In the order of turns: a group that was served goes to the end. Sets keep the order of arrival. */
  const groups = new Map<object, Set<Item>>();
  let size = 0;
  return {
    add(group, item) {
      const items = groups.get(group);
      if (items) items.add(item);
      else groups.set(group, new Set([item]));
      size++;
    },
    take() {
      for (const [group, items] of groups) {
        const item = items.values().next().value as Item;
        items.delete(item);
        groups.delete(group);
        if (items.size > 0) groups.set(group, items);
        size--;
        return item;
      }
      return undefined;
    },
    remove(group, item) {
      const items = groups.get(group);
      if (!items?.delete(item)) return false;
      if (items.size === 0) groups.delete(group);
      size--;
      return true;
    },
    get size() {
      return size;
    },
  };
}
