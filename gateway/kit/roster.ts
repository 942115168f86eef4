/**
 * Those that are here at present, where many come and go. A `Map` or `Set` that lives long leaves its outgrown tables behind, each
 * with what was in it then and a pointer to the next: once one of them is old, all that follow wait for a full collection.
 */
export interface Roster<Item> {
  /** Returns what takes the item away again, however often it is called. */
  add(item: Item): () => void;
  /** Those that are here; in no order. */
  list(): Item[];
  readonly size: number;
}

interface Seat<Item> {
  readonly item: Item;
  index: number;
}

/** A class, since an object with an accessor of its own has a hidden class of its own, which holds it until a full collection. */
class ListedRoster<Item> implements Roster<Item> {
  readonly #seats: Seat<Item>[] = [];

  add(item: Item): () => void {
    const seats = this.#seats;
    const seat = { item, index: seats.length };
    seats.push(seat);
    return () => {
      if (seat.index < 0) return;
      const last = seats.pop()!;
      if (last !== seat) {
        seats[seat.index] = last;
        last.index = seat.index;
      }
      seat.index = -1;
    };
  }

  list(): Item[] {
    return this.#seats.map(({ item }) => item);
  }

  get size(): number {
    return this.#seats.length;
  }
}

export function createRoster<Item>(): Roster<Item> {
  return new ListedRoster();
}
