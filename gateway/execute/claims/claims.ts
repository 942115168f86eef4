/**
 * The calls of a run → which call gave which fields of which object of the tree. Made only after a value broke the
 * standard: no run keeps anything for it but the calls that coverage keeps.
 */
import { isObject, type Region } from '@yiwang/schema';
import type { SelectionSetNode } from 'graphql';
import { fieldsByKey } from '../tree/fields-by-key.ts';
import type { TreeObject } from '../tree/tree.ts';

/** Fields of one object that one call gave. */
export interface Claim {
  /** The platform that gave them, which may be one below the gateway that was called. */
  readonly platform: string;
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  /** True if the call gave the object, too, and not only fields of it. */
  readonly isOwner: boolean;
}

/** Who answered a call. */
export interface Giver {
  readonly platform: string;
  /**
   * The platform that gave what lies in the region: the one that was called, or the one below it that answers for the
   * region. Undefined region: the only one below, if there is one alone.
   */
  giverOf(region: Region | undefined): string;
}

type Fields = ReadonlyMap<string, readonly SelectionSetNode[]>;

const NO_FIELDS: Fields = new Map();

export class Claims {
  readonly #byObject = new Map<object, Claim[]>();
  readonly #fields = new Map<SelectionSetNode, Fields>();

  /**
   * The value and all objects in it were given by the platform, with the fields of the selection. `isOwner` false: the
   * value is an object that others gave, of which it gave these fields.
   */
  addValue(value: unknown, selection: SelectionSetNode | undefined, platform: string, isOwner = true): void {
    if (selection) this.#walk(value, this.fieldsOf(selection), platform, isOwner);
  }

  /** The platform gave this one field of an object. */
  addField(object: TreeObject, key: string, platform: string): void {
    this.#add(object, { platform, keys: new Map([[key, []]]), isOwner: false });
  }

  /** The one claim of the field; undefined if there is none, or if platforms differ. */
  of(object: object, key: string): Claim | undefined {
    const claims = this.#byObject.get(object)?.filter(({ keys }) => keys.has(key)) ?? [];
    if (claims.some(({ platform }) => platform !== claims[0]!.platform)) return undefined;
    return claims.find(({ isOwner }) => isOwner) ?? claims[0];
  }

  #walk(value: unknown, keys: Fields, platform: string, isOwner: boolean): void {
    if (Array.isArray(value)) {
      for (const item of value) this.#walk(item, keys, platform, isOwner);
    } else if (isObject(value)) {
      this.#add(value, { platform, keys, isOwner });
      for (const [key, sets] of keys) if (sets.length > 0) this.#walk(value[key], this.#merged(sets), platform, true);
    }
  }

  #add(object: object, claim: Claim): void {
    const claims = this.#byObject.get(object);
    if (claims) claims.push(claim);
    else this.#byObject.set(object, [claim]);
  }

  /** The selection sets below each response key. */
  fieldsOf(selection: SelectionSetNode | undefined): Fields {
    if (!selection) return NO_FIELDS;
    let fields = this.#fields.get(selection);
    if (!fields) {
      fields = fieldsByKey([selection]);
      this.#fields.set(selection, fields);
    }
    return fields;
  }

  #merged(sets: readonly SelectionSetNode[]): Fields {
    return sets.length === 1 ? this.fieldsOf(sets[0]!) : fieldsByKey(sets);
  }
}
