/** Invented people: names of two or three characters and mobile numbers with four zeros inside, so that they show as made up. */
import type { Random } from '../../random.ts';

export interface Human {
  readonly name: string;
  readonly phone: string;
}

const SURNAMES = [
  ...[
    '王',
    '李',
    '张',
    '刘',
    '陈',
    '杨',
    '赵',
    '黄',
    '周',
    '吴',
    '徐',
    '孙',
    '胡',
    '朱',
    '高',
    '林',
    '何',
    '郭',
    '马',
    '罗',
  ],
  ...[
    '梁',
    '宋',
    '郑',
    '谢',
    '韩',
    '唐',
    '冯',
    '于',
    '董',
    '萧',
    '程',
    '曹',
    '袁',
    '邓',
    '许',
    '傅',
    '沈',
    '曾',
    '彭',
    '吕',
  ],
] as const;
const GIVEN = [
  ...[
    '伟',
    '芳',
    '娜',
    '敏',
    '静',
    '丽',
    '强',
    '磊',
    '军',
    '洋',
    '勇',
    '艳',
    '杰',
    '娟',
    '涛',
    '明',
    '超',
    '秀英',
    '霞',
    '平',
  ],
  ...[
    '刚',
    '桂英',
    '建国',
    '志强',
    '玉兰',
    '海燕',
    '文博',
    '雨桐',
    '子涵',
    '浩然',
    '思远',
    '晓东',
    '春梅',
    '国庆',
    '立新',
  ],
] as const;

const PREFIXES = ['130', '133', '136', '150', '155', '158', '180', '185', '189'] as const;

export function drawHuman(random: Random): Human {
  const name = random.pick(SURNAMES) + random.pick(GIVEN);
  return { name, phone: `${random.pick(PREFIXES)}0000${String(random.integer(0, 9999)).padStart(4, '0')}` };
}

export function drawHumans(random: Random, count: number): readonly Human[] {
  return Array.from({ length: count }, () => drawHuman(random));
}
