/**
 * An unordered collection for items that come and go. A long-lived `Map` or `Set` leaves its outgrown tables behind,
 * each with its old entries and a pointer to the next: once one of them is old, all later ones wait for a full
 * collection.
 */
export interface Bag<Item> {
  /** Returns what removes the item; a second call does nothing. */
  add(item: Item): () => void;
  list(): Item[];
  readonly size: number;
}

interface BagSlot<Item> {
  readonly item: Item;
  index: number;
}

/**
 * A class: an object literal with an accessor has a hidden class of its own, which holds it until a full collection.
 */
class ArrayBag<Item> implements Bag<Item> {
  readonly #slots: BagSlot<Item>[] = [];

  add(item: Item): () => void {
    const slots = this.#slots;
    const slot = { item, index: slots.length };
    slots.push(slot);
    return () => {
      if (slot.index < 0) return;
      const last = slots.pop()!;
      if (last !== slot) {
        slots[slot.index] = last;
        last.index = slot.index;
      }
      slot.index = -1;
    };
  }

  list(): Item[] {
    return this.#slots.map(({ item }) => item);
  }

  get size(): number {
    return this.#slots.length;
  }
}

export function createBag<Item>(): Bag<Item> {
  return new ArrayBag();
}
