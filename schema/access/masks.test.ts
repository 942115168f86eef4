/** Masks: the published examples, and that nothing hidden is ever left in sight. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MASK_KINDS, mask, scrub, WITHHELD_TEXT } from './masks.ts';

describe('a masked value', () => {
  test.each([
    ['PERSON_NAME', '张三', '张*'],
    ['PERSON_NAME', '王小明', '王**'],
    ['PERSON_NAME', '𠮷田', '𠮷*'],
    ['PERSON_NAME', '张', '*'],
    ['PHONE', '13800138000', '138****8000'],
    ['PHONE', '138 0013 8000', '138****8000'],
    ['PHONE', '+8613800138000', '+86138****8000'],
    ['PHONE', '010-66661234', '010-****1234'],
    ['PHONE', '02766661234', '027-****1234'],
    ['PHONE', '66661234', '****'],
    ['PHONE', 'call me', '****'],
    ['ID_NUMBER', '11010519491231002X', '110105********002X'],
    ['ID_NUMBER', 'E12345678', '****'],
    ['ADDRESS', '某街道某社区3号楼501', '某街道'],
    ['ADDRESS', '湖北省武汉市武昌区中南路街道民主路786号', '湖北省武汉市武昌区中南路街道'],
    ['ADDRESS', '江西省景德镇市珠山区竟成镇三河村12号', '江西省景德镇市珠山区竟成镇'],
    ['ADDRESS', '河南省新乡市红旗区洪门镇小店村7号', '河南省新乡市红旗区洪门镇'],
    ['ADDRESS', '河南省新乡市红旗区宏力大道1号', '河南省新乡市红旗区'],
    ['ADDRESS', '内蒙古自治区鄂尔多斯市乌审旗锡尼路1号', '内蒙古自治区鄂尔多斯市乌审旗'],
    ['ADDRESS', '幸福社区3栋2单元', '幸福社区'],
    ['ADDRESS', '北京市西城区广安门外大街9号', '北京市西城区'],
    ['ADDRESS', '人民路9号', '****'],
    ['FREE_TEXT', '张三住在3号楼，电话13800138000', WITHHELD_TEXT],
  ] as const)('%s %s → %s', (kind, value, expected) => {
    expect(mask(kind, value)).toBe(expected);
  });

  test('a masked value stays as it is when it is masked again', () => {
    const samples = [
      '张三',
      '13800138000',
      '010-66661234',
      '11010519491231002X',
      '某街道某社区3号楼501',
      '人民路9号',
      'x',
    ];
    for (const kind of MASK_KINDS) {
      for (const sample of samples) expect(mask(kind, mask(kind, sample))).toBe(mask(kind, sample));
      expect(mask(kind, '')).toBe('');
    }
  });

  test('a masked value shows none of the digits between the ends of a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 9999 }), (middle, end) => {
        const [hidden, shown] = [String(middle).padStart(4, '0'), String(end).padStart(4, '0')];
        expect(mask('PHONE', `138${hidden}${shown}`)).toBe(`138****${shown}`);
        expect(mask('PHONE', `027${hidden}${shown}`)).toBe(`027-****${shown}`);
      }),
    );
  });

  test('a masked value of any text shows at most the first character of a name and no digit of an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect([...mask('PERSON_NAME', text)].slice(1).every((sign) => sign === '*')).toBe(true);
        expect(mask('ADDRESS', text)).not.toMatch(/\d/);
        expect(mask('FREE_TEXT', text) === WITHHELD_TEXT || text === '').toBe(true);
      }),
    );
  });
});

test('a scrubbed text keeps its words and loses its numbers of persons', () => {
  expect(
    scrub('联系人张三，电话13800138000或010-66661234，身份证11010519491231002X，3号楼501，工单20261101000012'),
  ).toBe('联系人张三，电话138****8000或010-****1234，身份证110105********002X，3号楼501，工单20261101000012');
});
