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

export function createRoster<Item>(): Roster<Item> {
  const seats: Seat<Item>[] = [];
  return {
    add(item) {
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
    },
    list: () => seats.map(({ item }) => item),
    get size() {
      return seats.length;
    },
  };
}
