/** Administrative penalty cases of urban management. */
import { createId } from '@yiwang/schema';
import { DAY_MS, drawInstants, isoOf, type Rhythm } from '../../data-period.ts';
import { officeCode } from '../offices/departments.ts';
import { drawHuman } from '../setting/people.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';

interface Offence {
  readonly category: string;
  readonly subject: string;
  readonly basis: string;
  readonly fine: readonly [number, number];
}

const OFFENCES: readonly Offence[] = [
  { category: '20406', subject: '擅自占用城市道路经营', basis: '《城市道路管理条例》第四十二条', fine: [200, 2000] },
  {
    category: '20405',
    subject: '店外经营影响市容',
    basis: '《城市市容和环境卫生管理条例》第三十六条',
    fine: [200, 1000],
  },
  {
    category: '20203',
    subject: '违规设置户外广告',
    basis: '《城市市容和环境卫生管理条例》第三十六条',
    fine: [1000, 10_000],
  },
  {
    category: '20304',
    subject: '施工工地未采取扬尘防治措施',
    basis: '《大气污染防治法》第一百一十五条',
    fine: [10_000, 100_000],
  },
  { category: '20114', subject: '运输车辆沿途遗撒', basis: '《大气污染防治法》第一百一十六条', fine: [2000, 20_000] },
  { category: '20101', subject: '未取得规划许可进行建设', basis: '《城乡规划法》第六十四条', fine: [5000, 200_000] },
  { category: '20303', subject: '未经批准挖掘城市道路', basis: '《城市道路管理条例》第四十二条', fine: [3000, 20_000] },
];

const RHYTHM: Rhythm = {
  months: [0.8, 0.6, 1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1, 1, 0.9],
  weekdays: [0.1, 1, 1, 1, 1, 1, 0.15],
  hours: [0, 0, 0, 0, 0, 0, 0, 0, 4, 6, 6, 5, 1, 1, 5, 6, 6, 4, 1, 1, 1, 0, 0, 0],
  growth: 0,
};
const DECISION_DAYS = [7, 60] as const;

export function enforcementRows(setting: Setting): Row<'enforcement_cases'>[] {
  const random = setting.random('enforcement');
  const instants = drawInstants(random, setting.scaled(setting.profile.counts.enforcement), {
    rhythm: RHYTHM,
    until: setting.now,
  });
  return instants.map((filedAt, i) => {
    const offence = random.pick(OFFENCES);
    const { locality } = setting.localities.drawLocation(random);
    const decidedAt = filedAt + random.integer(...DECISION_DAYS) * DAY_MS;
    const isDecided = decidedAt <= setting.now;
    const isWithdrawn = isDecided && random.chance(0.04);
    const fine = Math.round(random.between(...offence.fine) / 100) * 100;
    return {
      id: createId(locality.division, 'E', String(i + 1).padStart(5, '0')),
      division: locality.division,
      category: offence.category,
      department: officeCode('MANAGEMENT', locality.county),
      subject: offence.subject,
      party: drawHuman(random).name,
      basis: offence.basis,
      decision: !isDecided ? null : isWithdrawn ? '撤销案件' : `责令改正，罚款人民币${fine}元`,
      fine_yuan: isDecided && !isWithdrawn ? fine : null,
      status: !isDecided
        ? random.pick(['FILED', 'INVESTIGATING'])
        : isWithdrawn
          ? 'WITHDRAWN'
          : random.pick(['DECIDED', 'EXECUTED', 'CLOSED', 'CLOSED']),
      filed_at: isoOf(filedAt),
      decided_at: isDecided ? isoOf(decidedAt) : null,
    };
  });
}
