/** Texts of the catalogue that are not in the schema: title, abstract, provider, update frequency. */
import type { OfficeKind } from '../municipal/offices/offices.ts';

export interface CatalogueText {
  readonly title: string;
  readonly summary: string;
  readonly provider: OfficeKind;
  readonly frequency: 'REALTIME' | 'DAILY' | 'WEEKLY' | 'TEN_DAYS' | 'MONTHLY' | 'QUARTERLY' | 'YEARLY';
}

type Row = readonly [title: string, summary: string, provider: OfficeKind, frequency: CatalogueText['frequency']];

const ROWS: Readonly<Record<string, Row>> = {
  'national/Division': ['行政区划', '国家、省、市、区县、街道和社区的代码、名称和隶属关系', 'CIVIL', 'YEARLY'],
  'national/CityCluster': ['城市群', '城市群的代码、名称和成员城市', 'CIVIL', 'YEARLY'],
  'national/Category': [
    '管理部件和事件分类',
    '部件、事件和热线诉求的大类、小类、立案条件和处置时限',
    'MANAGEMENT',
    'YEARLY',
  ],
  'national/Standard': ['数据标准版本', '本网络执行的数据标准及各部分的版本', 'HOUSING', 'YEARLY'],
  'national/Regulation': ['法律法规和标准', '城市运行管理依据的法律、法规、规章和国家标准', 'HOUSING', 'QUARTERLY'],
  'national/EvaluationScheme': ['综合评价方案', '评价对象、指标、权重和计分方法', 'HOUSING', 'YEARLY'],
  'provincial/Evaluation': ['综合评价结果', '部对省、省对市和区县的月度评价得分、等级和排名', 'HOUSING', 'MONTHLY'],
  'provincial/Inspection': ['监督检查', '监督检查任务、期限、反馈和验收情况', 'HOUSING', 'DAILY'],
  'provincial/PeriodicReport': ['月度上报', '下级平台按月上报的案件和热线统计', 'HOUSING', 'MONTHLY'],
  'supervision/SupervisionOrder': ['督办单', '各级平台对下级的督办事项、期限和答复', 'MANAGEMENT', 'DAILY'],
  'supervision/OrderStatistics': ['督办统计', '督办单的签收、反馈、验收和超期情况统计', 'MANAGEMENT', 'DAILY'],
  'provincial/OrderStatistics': ['监督检查统计', '监督检查的签收、反馈、验收和超期情况统计', 'HOUSING', 'DAILY'],
  'municipal/Case': ['网格案件', '网格案件的类别、位置、状态、期限和办理过程', 'MANAGEMENT', 'DAILY'],
  'municipal/CaseStatistics': [
    '案件统计',
    '按区划、类别、来源、部门和月份统计的案件数和处置率、结案率',
    'MANAGEMENT',
    'DAILY',
  ],
  'municipal/AlarmStatistics': [
    '报警统计',
    '按区划、领域、级别和日期统计的报警数、误报率和处置时间',
    'EMERGENCY',
    'DAILY',
  ],
  'municipal/EnforcementStatistics': [
    '执法统计',
    '按区划、类别和部门统计的立案数、处罚数和罚款金额',
    'MANAGEMENT',
    'DAILY',
  ],
  'municipal/ComponentStatistics': [
    '部件统计',
    '按区划、类别、状态和权属部门统计的部件数和完好率',
    'MANAGEMENT',
    'MONTHLY',
  ],
  'municipal/Quality': ['数据质量', '按区划统计的案件数据质量指标和得分', 'MANAGEMENT', 'DAILY'],
  'hotline/Request': ['12345热线诉求', '诉求的类别、办理单位、期限和回访结果', 'CIVIL', 'DAILY'],
  'hotline/RequestStatistics': ['热线统计', '诉求量、响应率、解决率和满意率', 'CIVIL', 'DAILY'],
  'hotline/Hotspot': ['热线网格四象限', '热线诉求与网格案件的高低对比，用于确定治理重点', 'MANAGEMENT', 'DAILY'],
  'hotline/MonthlyTopic': ['每月一题', '当月专项治理主题、牵头部门和诉求量', 'CIVIL', 'MONTHLY'],
  'municipal/Facility': ['便民设施', '公共厕所、停车场、饮水点、公园等设施的位置和开放时间', 'MANAGEMENT', 'WEEKLY'],
  'municipal/MonitoringPoint': [
    '运行监测点',
    '燃气、排水、桥梁、供水等监测点的位置、指标和最新读数',
    'EMERGENCY',
    'REALTIME',
  ],
  'municipal/Alarm': ['运行监测报警', '监测报警的级别、数值、阈值和处置时间', 'EMERGENCY', 'REALTIME'],
  'departments/Department': ['部门权责', '部门的任务清单、责任清单和权力清单', 'MANAGEMENT', 'QUARTERLY'],
  'departments/Duty': ['权责事项', '任务、责任和权力事项及其依据', 'MANAGEMENT', 'QUARTERLY'],
  'municipal/GridCell': ['单元网格', '单元网格的编码、名称、面积和所属社区', 'MANAGEMENT', 'YEARLY'],
  'municipal/Component': ['管理部件', '管理部件的类别、位置、状态和权属部门', 'MANAGEMENT', 'MONTHLY'],
  'municipal/Officer': ['管理人员', '采集员、受理员、派遣员等人员及其责任网格', 'MANAGEMENT', 'MONTHLY'],
  'municipal/EnforcementCase': ['执法案件', '城市管理执法案件的事由、依据和处罚决定', 'MANAGEMENT', 'WEEKLY'],
  'municipal/PropertyCompany': ['物业企业信用', '物业服务企业的信用等级、得分和红黑名单', 'HOUSING', 'QUARTERLY'],
};

const OTHER: Omit<CatalogueText, 'title'> = {
  summary: '数据标准定义的数据集',
  provider: 'MANAGEMENT',
  frequency: 'MONTHLY',
};

/** A data set without a text of its own has the name of its type. */
export function catalogueText(id: string): CatalogueText {
  const row = ROWS[id];
  if (row === undefined) return { title: id.slice(id.indexOf('/') + 1), ...OTHER };
  const [title, summary, provider, frequency] = row;
  return { title, summary, provider, frequency };
}
