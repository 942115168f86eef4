/** Draws classes of cases and requests: common ones often, seasonal ones in their months. */
import { type Category, categories, type FilingCondition } from '@yiwang/schema/cases';
import type { TimeUnit } from '@yiwang/schema/time';
import { MONTHS, monthOf } from '../../data-period.ts';
import { createWeighted, type Random, type Weighted } from '../../random.ts';

export interface ClassChoice {
  draw(random: Random, at: number): Category;
}

/** Relative frequency of a class whose name matches; the first match counts, others weigh 1 (local extensions 0.4). */
type Frequency = readonly (readonly [words: RegExp, weight: number])[];

const EVENT_FREQUENCY: Frequency = [
  [/暴露生活垃圾|非机动车乱停放|占道经营/, 26],
  [/非法小广告|道路不洁|乱堆物堆料|店外经营|共享单车/, 17],
  [/垃圾满溢|无照经营游商|积存垃圾|道路破损|门前四包/, 9],
  [/沿街晾挂|绿地脏乱|违规户外广告|占用消防通道|工地扬尘|施工扰民|露天烧烤|道路积水|私搭乱建/, 4],
  [/道路遗撒|废弃家具|水域不洁|施工占道|牌匾|积雪|焚烧/, 2.5],
];
const COMPONENT_FREQUENCY: Frequency = [
  [/上水井盖|污水井盖|雨水井盖|雨水箅子/, 9],
  [/垃圾箱|路灯$|人行道$|交通护栏|行道树|便道桩/, 6],
  [/井盖|非机动车停放点|公共厕所|通讯交接箱|路沿石|树池|电力设施$/, 3],
];
const HOTLINE_FREQUENCY: Frequency = [
  [/违法停车|物业费争议|退换货|预付卡|社会生活噪声|施工噪声/, 12],
  [/占道经营|公共设施失修|拖欠工资|路面破损|停车位不足|电梯故障|房屋漏水|垃圾清运|办事流程咨询/, 7],
  [/停水|停电|暖气不热|商业噪声|餐饮油烟|网络购物|退费难|义务教育入学|共享单车|养老保险|宽带|加装电梯/, 4],
];

/** Factors by month, January first. */
type Season = readonly (readonly [words: RegExp, months: readonly number[]])[];
const SUMMER = [0.2, 0.2, 0.5, 0.8, 1.4, 2.6, 3.4, 2.8, 1.2, 0.6, 0.3, 0.2];
const WINTER = [3.4, 2.6, 1.2, 0.2, 0.05, 0.02, 0.02, 0.02, 0.05, 0.4, 4.2, 3.6];
const SEASONS: Season = [
  [/积水|雨水|内涝|防汛|排水/, SUMMER],
  [/烧烤|油烟|商业噪|社会生活噪|广场舞/, [0.4, 0.4, 0.7, 1, 1.4, 1.8, 1.9, 1.7, 1.3, 0.9, 0.5, 0.4]],
  [/积雪|冰雪|供热|暖气|热力/, WINTER],
  [/焚烧|落叶|道路不洁/, [0.9, 0.7, 0.8, 0.9, 0.9, 0.9, 0.9, 0.9, 1, 1.4, 1.8, 1.3]],
  [/入学|学区|入园|招生/, [0.3, 0.3, 0.7, 1.4, 2.2, 2.8, 2.4, 2.2, 1, 0.3, 0.3, 0.3]],
  [/工资/, [2.6, 1.4, 0.6, 0.6, 0.7, 0.7, 0.8, 0.8, 0.9, 0.9, 1.2, 2]],
];
/** In cities without district heating. */
const UNHEATED_FACTOR = 0.04;
const LOCAL_WEIGHT = 0.4;

export function createEventChoice(): ClassChoice {
  return createChoice(categories().leaves('EVENT'), EVENT_FREQUENCY, true);
}

export function componentWeight(category: Category): number {
  return frequencyOf(category, COMPONENT_FREQUENCY);
}

export function createHotlineChoice(heated: boolean): ClassChoice {
  return createChoice(categories().leaves('HOTLINE'), HOTLINE_FREQUENCY, heated);
}

function createChoice(leaves: readonly Category[], frequency: Frequency, heated: boolean): ClassChoice {
  const monthly = new Map<string, Weighted<Category>>();
  for (const month of MONTHS) {
    const weigh = (category: Category) =>
      frequencyOf(category, frequency) * seasonOf(namesOf(category), Number(month.slice(5)) - 1, heated);
    monthly.set(month, createWeighted(leaves, weigh));
  }
  return { draw: (random, at) => monthly.get(monthOf(at))!.draw(random) };
}

function frequencyOf(category: Category, frequency: Frequency): number {
  const entry = frequency.find(([words]) => words.test(category.name));
  return entry?.[1] ?? (category.local ? LOCAL_WEIGHT : 1);
}

function seasonOf(names: string, month: number, heated: boolean): number {
  const season = SEASONS.find(([words]) => words.test(names));
  const factor = season?.[1][month] ?? 1;
  return !heated && /供热|暖气|热力/.test(names) ? factor * UNHEATED_FACTOR : factor;
}

/** The name of a class after those above it: 市政公用 > 供热 > 暖气不热. */
export function namesOf(category: Category, separator = ' > '): string {
  const above = category.parent === null ? undefined : categories().get(category.parent);
  return above ? `${namesOf(above, separator)}${separator}${category.name}` : category.name;
}

const UNIT_WEIGHTS: Readonly<Record<TimeUnit, number>> = {
  URGENT_HOUR: 0.5,
  WORK_HOUR: 1,
  WORKDAY: 1,
  NATURAL_DAY: 1,
};
/** Long repairs are the exception. */
const LONG_LIMIT_AMOUNT = 5;
const LONG_LIMIT_FACTOR = 0.35;

export function drawCondition(category: Category, random: Random): FilingCondition {
  const weights = category.conditions.map(({ limit }) =>
    limit.amount > LONG_LIMIT_AMOUNT ? LONG_LIMIT_FACTOR : UNIT_WEIGHTS[limit.unit],
  );
  let target = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    target -= weight;
    return target < 0;
  });
  return category.conditions[Math.max(index, 0)]!;
}
