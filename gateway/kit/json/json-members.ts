/** Splits the JSON text of an object into its members and joins members again, without parsing their values. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** `bytes` must be the valid JSON text of an object. */
export function readMembers(bytes: Buffer): Map<string, Buffer> {
  const members = new Map<string, Buffer>();
  let depth = 0;
  let from = 0;
  let key: string | undefined;
  const end = (at: number): void => {
    if (key !== undefined) members.set(key, bytes.subarray(from, at));
    key = undefined;
  };
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      const close = closingQuote(bytes, at);
      if (depth === 1 && key === undefined) {
        key = JSON.parse(bytes.toString('utf8', at, close + 1)) as string;
        from = bytes.indexOf(COLON, close) + 1;
      }
      at = close;
    } else if (byte === COMMA) {
      if (depth === 1) end(at);
    } else if (isOpening(byte)) depth++;
    else if (isClosing(byte)) {
      if (depth === 1) end(at);
      depth--;
    }
  }
  return members;
}

/** Writes an object of the members in `order`; keys without a member are left out. */
export function writeMembers(members: ReadonlyMap<string, Buffer>, order: readonly string[]): Buffer {
  const parts: Buffer[] = [];
  for (const key of order) {
    const value = members.get(key);
    if (value) parts.push(Buffer.from(`${parts.length === 0 ? '' : ','}${JSON.stringify(key)}:`), value);
  }
  return Buffer.concat([Buffer.from('{'), ...parts, Buffer.from('}')]);
}

function closingQuote(bytes: Buffer, quote: number): number {
  let at = quote + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function isOpening(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function isClosing(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d;
}
