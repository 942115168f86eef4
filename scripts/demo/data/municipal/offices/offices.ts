/** The offices of government that handle cases and requests: their names, duties, and what they are in charge of. */

export type OfficeKind =
  | 'MANAGEMENT'
  | 'HOUSING'
  | 'GREENING'
  | 'WATER'
  | 'TRANSPORT'
  | 'TRAFFIC_POLICE'
  | 'ENVIRONMENT'
  | 'MARKET'
  | 'EMERGENCY'
  | 'FIRE'
  | 'HEALTH'
  | 'CIVIL'
  | 'LABOUR'
  | 'EDUCATION'
  | 'PLANNING'
  | 'GAS'
  | 'POWER';

export interface Office {
  readonly kind: OfficeKind;
  /** Appended to the name of the city or county. */
  readonly name: string;
  /** Number in the organisation code, unique within the division. */
  readonly number: number;
  readonly company: boolean;
  /** Counties have an office of their own. */
  readonly inCounties: boolean;
  /** The city's authority registers the offices of its counties. */
  readonly registeredByCity: boolean;
  /** Words in the name of a hotline class that make the office the one to answer. */
  readonly words: RegExp;
  readonly duties: readonly string[];
  readonly basis: string;
}

/** In these fields a county's office is a branch of the city's. */
const REGISTERED_BY_CITY: readonly OfficeKind[] = ['TRAFFIC_POLICE', 'ENVIRONMENT'];

/** In the order in which a hotline class is matched. */
export const OFFICES: readonly Office[] = [
  office(
    'GAS',
    '燃气集团有限公司',
    201,
    /燃气|煤气|液化气/,
    ['燃气设施维护抢修', '用户安全检查'],
    '城镇燃气管理条例',
    'company',
  ),
  office('POWER', '供电公司', 202, /供电|停电|电力|用电|充电/, ['电力设施维护', '停电抢修'], '电力法', 'company'),
  office(
    'FIRE',
    '消防救援支队',
    119,
    /消防|火灾/,
    ['火灾隐患排查', '占用消防通道查处', '消防监督检查'],
    '消防法',
    'city',
  ),
  office(
    'TRAFFIC_POLICE',
    '公安局交通管理局',
    112,
    /违停|停车|交通秩序|信号灯|车管|驾驶|交通管理|电动自行车/,
    ['机动车违停查处', '交通信号设施维护'],
    '道路交通安全法',
  ),
  office(
    'TRANSPORT',
    '交通运输局',
    108,
    /公交|地铁|出租|道路|路灯|桥|客运|网约车|共享单车|交通/,
    ['城市道路养护', '公共交通管理', '桥梁检测维护'],
    '城市道路管理条例',
  ),
  office(
    'WATER',
    '水务和湖泊局',
    109,
    /水务|供水|停水|排水|积水|污水|河|湖|内涝|自来水/,
    ['供排水设施维护', '河湖保洁', '内涝处置'],
    '城镇排水与污水处理条例',
  ),
  office(
    'GREENING',
    '园林和林业局',
    107,
    /绿化|公园|树|园林/,
    ['公园绿地养护', '行道树修剪', '古树名木保护'],
    '城市绿化条例',
  ),
  office(
    'ENVIRONMENT',
    '生态环境局',
    110,
    /噪|污染|扬尘|油烟|环保|环境保护|异味|大气/,
    ['大气和水污染查处', '工业噪声查处'],
    '环境保护法',
  ),
  office(
    'MARKET',
    '市场监督管理局',
    113,
    /消费|价格|食品|市场|商家|维权|退费|合同|预付|质量|收费/,
    ['消费维权', '食品安全监督', '价格监督检查'],
    '消费者权益保护法',
  ),
  office(
    'HOUSING',
    '住房和城乡建设局',
    106,
    /物业|房|供热|供暖|装修|维修|建设|施工|电梯|小区|住/,
    ['物业服务监督', '工地管理', '供热保障', '房屋安全管理'],
    '物业管理条例',
  ),
  office(
    'HEALTH',
    '卫生健康委员会',
    114,
    /医|卫生|疫|健康|药/,
    ['医疗机构监督', '公共卫生服务'],
    '基本医疗卫生与健康促进法',
  ),
  office(
    'CIVIL',
    '民政局',
    115,
    /养老|低保|救助|婚姻|民政|社区|殡葬/,
    ['社会救助', '养老服务监管'],
    '社会救助暂行办法',
  ),
  office(
    'LABOUR',
    '人力资源和社会保障局',
    116,
    /社保|工资|欠薪|劳动|就业|养老保险|公积金|人社/,
    ['劳动保障监察', '社会保险经办'],
    '劳动保障监察条例',
  ),
  office(
    'EDUCATION',
    '教育局',
    117,
    /教育|学校|学区|培训|入学|幼儿园|招生/,
    ['中小学招生管理', '校外培训监管'],
    '义务教育法',
  ),
  office(
    'PLANNING',
    '自然资源和规划局',
    105,
    /规划|不动产|土地|违建|违法建设|房产证/,
    ['规划许可', '不动产登记', '违法建设认定'],
    '城乡规划法',
  ),
  office('EMERGENCY', '应急管理局', 111, /安全生产|应急|突发|隐患/, ['安全生产监督', '突发事件处置'], '突发事件应对法'),
  office(
    'MANAGEMENT',
    '城市管理执法局',
    101,
    /./,
    ['市容环境卫生管理', '占道经营查处', '户外广告管理', '生活垃圾收运', '违法建设拆除'],
    '城市市容和环境卫生管理条例',
  ),
];

/** Offices that a county does not have: companies and the fire brigade serve the whole city. */
function office(
  kind: OfficeKind,
  name: string,
  number: number,
  words: RegExp,
  duties: readonly string[],
  basis: string,
  level: 'county' | 'city' | 'company' = 'county',
): Office {
  return {
    ...{ kind, name, number, words, duties, basis },
    company: level === 'company',
    inCounties: level === 'county',
    registeredByCity: REGISTERED_BY_CITY.includes(kind),
  };
}

/** The county registers the offices of its streets, numbered from here by the last three digits of their code. */
export const STREET_OFFICE_NUMBER = 2000;

/** The office in charge of a major class, by type and major digits; single classes differ. */
const MAJOR_OFFICES: Readonly<Record<string, OfficeKind>> = {
  '101': 'HOUSING',
  '102': 'TRANSPORT',
  '103': 'MANAGEMENT',
  '104': 'GREENING',
  '105': 'WATER',
  '201': 'MANAGEMENT',
  '202': 'MANAGEMENT',
  '203': 'HOUSING',
  '204': 'MANAGEMENT',
  '205': 'EMERGENCY',
  '206': 'MANAGEMENT',
};

const CLASS_WORDS: readonly (readonly [RegExp, OfficeKind])[] = [
  [/燃气|液化气/, 'GAS'],
  [/电力|线缆|线体|充电/, 'POWER'],
  [/消防/, 'FIRE'],
  [/水井盖|污水|雨水|供水|水域|河|排水|积水/, 'WATER'],
  [/绿|树|花/, 'GREENING'],
  [/道路破损|塌陷|路灯|积雪/, 'TRANSPORT'],
];

/** The office that handles cases of this class. */
export function officeOfClass(category: { readonly code: string; readonly name: string }): OfficeKind {
  const word = CLASS_WORDS.find(([pattern]) => pattern.test(category.name));
  return word?.[1] ?? MAJOR_OFFICES[category.code.slice(0, 3)] ?? 'MANAGEMENT';
}

/** The office that answers requests of a hotline class, by the names of the class and those above it. */
export function officeOfHotline(names: string): OfficeKind {
  return OFFICES.find((entry) => entry.words.test(names))!.kind;
}
