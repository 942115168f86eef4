/** Property companies with their credit score, grade and place on the red or black list. */
import { containsDivision } from '@yiwang/schema';
import { creditCodeOf } from '../../departments/credit-code.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';

const NAMES = [
  '万和',
  '恒信',
  '金地源',
  '绿城佳',
  '华润祥',
  '保利安',
  '中海悦',
  '碧园',
  '龙泰',
  '世茂达',
  '招商盛',
  '远洋康',
] as const;
/** Numbers in the organisation code begin here, clear of those of offices and streets. */
const FIRST_NUMBER = 6000;
const COMPANIES_PER_COUNTY = [5, 9] as const;
const COMMUNITIES_PER_COMPANY = 6;
/** Lower bounds of the grades of one system, best first. */
const GRADES = [
  ['A', 90],
  ['B', 75],
  ['C', 60],
  ['D', 40],
  ['E', 0],
] as const;
const RED_FROM = 95;
const BLACK_BELOW = 55;
const RATED_ON = '2026-09-30';

/** Rated by the county; a street platform holds none. */
export function companyRows(setting: Setting): Row<'property_companies'>[] {
  const random = setting.random('companies');
  const counties = [...new Set(setting.localities.all.map((place) => place.county))];
  return counties.flatMap((county) => {
    if (!containsDivision(setting.region, county)) return [];
    const communities = setting.localities.all.filter(
      (place) => place.county === county && place.division.length === 12,
    );
    return Array.from({ length: random.integer(...COMPANIES_PER_COUNTY) }, (_, i) => {
      const score = Math.round(Math.min(Math.max(random.normal(80, 12), 22), 99.5) * 10) / 10;
      return {
        code: creditCodeOf('91', county, FIRST_NUMBER + i),
        division: county,
        name: `${NAMES[i % NAMES.length]}物业服务有限公司${county.slice(4)}分公司`,
        grade: GRADES.find(([, from]) => score >= from)![0],
        score,
        list: score >= RED_FROM ? 'RED' : score < BLACK_BELOW ? 'BLACK' : null,
        list_reason: score >= RED_FROM ? '连续四个季度无有效投诉' : score < BLACK_BELOW ? '多次被通报后未整改' : null,
        communities: Array.from(
          new Set(
            communities.length === 0
              ? []
              : Array.from({ length: COMMUNITIES_PER_COMPANY }, () => random.pick(communities).division),
          ),
        ),
        rated_on: RATED_ON,
      };
    });
  });
}
