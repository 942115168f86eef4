/**
 * Those that are here at present, where many come and go. A `Map` or `Set` that lives long leaves its outgrown tables behind, each
 * with what was in it then and a pointer to the next: once one of them is old, all that follow wait for a full collection.
 */
export interface Bag<Item> {
  /** Returns what takes the item away again, however often it is called. */
  add(item: Item): () => void;
  /** Those that are here; in no order. */
  list(): Item[];
  readonly size: number;
}

interface BagSlot<Item> {
  readonly item: Item;
  index: number;
}

/** A class, since an object with an accessor of its own has a hidden class of its own, which holds it until a full collection. */
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
