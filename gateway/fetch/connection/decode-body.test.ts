import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type DecodedBody, decodeBody, parseBodyCoding } from './decode-body.ts';

const TEXT = '{"data":{"a":"武汉"}}';
const BYTES = Buffer.from(TEXT, 'utf8');

const decode = (body: Buffer, headers: Record<string, string>, bytesMax = 1_000): Promise<DecodedBody> =>
  new Promise((resolve) => decodeBody(body, parseBodyCoding(headers), bytesMax, resolve));

const textOf = async (body: Buffer, headers: Record<string, string>): Promise<string> => {
  const decoded = await decode(body, headers);
  return decoded.kind === 'text' ? decoded.body.toString('utf8') : decoded.kind;
};

describe('the body of a response', () => {
  const codings: readonly [string, Buffer][] = [
    ['gzip', gzipSync(BYTES)],
    ['x-gzip', gzipSync(BYTES)],
    ['GZIP', gzipSync(BYTES)],
    ['deflate', deflateSync(BYTES)],
    ['deflate', deflateRawSync(BYTES)],
    ['br', brotliCompressSync(BYTES)],
    ['identity', BYTES],
    ['gzip, br', brotliCompressSync(gzipSync(BYTES))],
  ];
  test.each(codings)('a body is decompressed from %s', async (encoding, body) => {
    expect(await textOf(body, { 'content-encoding': encoding })).toBe(TEXT);
  });

  test.each(['gzip', 'br'])(
    'a body compressed by %s may decompress to the limit, and to no byte more',
    async (name) => {
      const pack = name === 'gzip' ? gzipSync : brotliCompressSync;
      const headers = { 'content-encoding': name };
      expect(await decode(pack(Buffer.alloc(1_000, ' ')), headers)).toMatchObject({ kind: 'text' });
      expect(await decode(pack(Buffer.alloc(1_001, ' ')), headers)).toEqual({ kind: 'too-large' });
      expect(await decode(pack(Buffer.alloc(10_000_000, ' ')), headers)).toEqual({ kind: 'too-large' });
    },
  );

  test.each([
    ['cut short', 'gzip', gzipSync(BYTES).subarray(0, 20)],
    ['of another coding than it says', 'br', gzipSync(BYTES)],
    ['of a coding that was not asked for', 'compress', BYTES],
    ['compressed three times', 'gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(BYTES)))],
  ])('a body that is %s cannot be decoded', async (_name, encoding, body) => {
    expect(await decode(body, { 'content-encoding': encoding })).toMatchObject({ kind: 'unreadable' });
  });

  test('a body may begin with a byte order mark', async () => {
    expect(await textOf(Buffer.from(`\ufeff${TEXT}`, 'utf8'), {})).toBe(TEXT);
  });

  test.each([
    ['application/json; charset=iso-8859-1', Buffer.from('{"a":"café"}', 'latin1'), '{"a":"café"}'],
    ['application/json;charset="GB18030"', Buffer.from([0x22, 0xce, 0xe4, 0xba, 0xba, 0x22]), '"武汉"'],
    ['application/graphql-response+json; charset=UTF-8', BYTES, TEXT],
    ['application/json', BYTES, TEXT],
  ])('a body of type %s is decoded in its character set', async (type, body, text) => {
    expect(await textOf(body, { 'content-type': type })).toBe(text);
  });

  test('a body that is not in its character set, or in an unknown one, cannot be decoded', async () => {
    expect(await decode(Buffer.from('"café"', 'latin1'), {})).toMatchObject({ kind: 'unreadable' });
    const unknown = { 'content-type': 'application/json; charset=x-none' };
    expect(await decode(BYTES, unknown)).toMatchObject({ kind: 'unreadable' });
  });

  test('a body that exceeds the limit in UTF-8 is too large', async () => {
    const latin = { 'content-type': 'application/json; charset=latin1' };
    expect(await decode(Buffer.alloc(501, 0xe9), latin)).toEqual({ kind: 'too-large' });
    expect(await decode(Buffer.alloc(500, 0xe9), latin)).toMatchObject({ kind: 'text' });
  });
});
