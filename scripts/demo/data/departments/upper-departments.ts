/** Departments of the ministry and of a province, some of which work in a city below. */
import { creditCodeOf } from './credit-code.ts';
import type { Department } from './department.ts';

export const MINISTRY = creditCodeOf('11', '100000', 1);
/** Registered by the ministry, at work in Wuhan. */
export const WUHAN_BUREAU = creditCodeOf('11', '100000', 2);
export const HUBEI_HOUSING = creditCodeOf('11', '420000', 106);
const HUBEI_WATER = creditCodeOf('91', '420000', 301);
/** The province's company registered its branch; it looks after pipes and covers in Wuhan. */
export const WUHAN_WATER_BRANCH = creditCodeOf('91', '420100', 302, '420000');

const UPPER: readonly Department[] = [
  {
    ...{ code: MINISTRY, division: '100000', name: '住房和城乡建设部', serves: ['100000'], parent: null },
    duties: ['城市运行管理服务平台体系建设', '城市管理监督评价', '数据标准制定'],
    basis: '关于加强城市地下市政基础设施建设的指导意见',
  },
  {
    code: WUHAN_BUREAU,
    division: '100000',
    name: '住房和城乡建设部武汉城市管理监督专员办事处',
    ...{ serves: ['420100'], parent: MINISTRY },
    ...{ duties: ['派驻督察', '重大案件督办'], basis: '城市管理执法办法' },
  },
  {
    ...{ code: HUBEI_HOUSING, division: '420000', name: '湖北省住房和城乡建设厅' },
    ...{ serves: ['420000'], parent: MINISTRY },
    duties: ['全省城市管理监督考核', '燃气和供水行业监管', '月度上报审核'],
    basis: '湖北省城市管理条例',
  },
  {
    ...{ code: HUBEI_WATER, division: '420000', name: '湖北省水务集团有限公司', serves: ['420000'] },
    ...{ parent: HUBEI_HOUSING, duties: ['原水供应', '供水管网投资'], basis: '城市供水条例' },
  },
  {
    code: WUHAN_WATER_BRANCH,
    ...{ division: '420000', name: '湖北省水务集团有限公司武汉分公司', serves: ['420100'] },
    ...{ parent: HUBEI_WATER, duties: ['供水管网维护抢修', '井盖巡查更换'], basis: '城市供水条例' },
  },
];

/** Of the platform of the ministry or of a province. */
export function upperDepartments(division: string): readonly Department[] {
  return UPPER.filter((department) => department.division === division);
}

/** The department of a province that leads those of its cities for housing and city management. */
export function provincialLead(province: string): string | null {
  return province === '420000' ? HUBEI_HOUSING : null;
}
