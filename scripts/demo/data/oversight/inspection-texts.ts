/** What inspections are about: subjects as tiers issue them, with what is demanded, the tasks and the answers. */

export interface InspectionSubject {
  readonly kind: 'ROUTINE' | 'SPECIAL' | 'EMERGENCY';
  readonly title: string;
  readonly requirement: string;
  readonly tasks: readonly string[];
  readonly answers: readonly string[];
}

export const INSPECTION_SUBJECTS: readonly InspectionSubject[] = [
  {
    kind: 'SPECIAL',
    title: '城市窨井盖安全管理专项检查',
    requirement: '逐一排查缺失、破损、松动井盖，建立台账，明确权属单位，限期完成整改并报送影像资料。',
    tasks: ['排查主次干道井盖并建立台账', '整改缺失和破损井盖', '核对无主井盖并明确管护单位'],
    answers: ['已排查井盖{n}处，发现问题{m}处，全部完成整改。', '完成台账建档{n}条，{m}处无主井盖已确定管护单位。'],
  },
  {
    kind: 'SPECIAL',
    title: '城镇燃气安全专项整治监督检查',
    requirement: '检查餐饮等场所用气安全、老旧管道更新和占压清理，重大隐患当日上报。',
    tasks: ['检查餐饮场所燃气报警器安装使用', '核查老旧管道更新改造进度', '清理燃气管道占压'],
    answers: ['检查场所{n}家，责令整改{m}家，复查合格。', '更新管道{n}米，清理占压{m}处。'],
  },
  {
    kind: 'EMERGENCY',
    title: '汛期城市排水防涝应急检查',
    requirement: '对易涝点、下穿通道、泵站和应急物资开展检查，强降雨期间专人值守。',
    tasks: ['巡查易涝点和下穿通道', '检查泵站与移动泵车运行状态', '清点防汛物资并补齐'],
    answers: ['巡查易涝点{n}处，设置警示和值守{m}处。', '检查泵站{n}座，维修设备{m}台，均已恢复运行。'],
  },
  {
    kind: 'ROUTINE',
    title: '城市桥梁运行安全日常检查',
    requirement: '检查桥梁检测报告、限载标志和病害处置，评定为D级以上的桥梁说明处置方案。',
    tasks: ['核对桥梁检测评估报告', '检查限载限高标志', '跟踪病害桥梁维修加固'],
    answers: ['核查桥梁{n}座，病害桥梁{m}座已列入维修计划。', '补设限载标志{m}处，其余{n}座标志完好。'],
  },
  {
    kind: 'SPECIAL',
    title: '户外广告和招牌设施安全检查',
    requirement: '重点检查大型户外广告和高处招牌，存在坠落风险的立即拆除。',
    tasks: ['检查大型户外广告结构安全', '拆除存在隐患的招牌'],
    answers: ['检查设施{n}处，拆除{m}处，加固其余隐患设施。'],
  },
  {
    kind: 'ROUTINE',
    title: '网格案件处置质量抽查',
    requirement: '抽查按期结案和返工情况，对超期案件逐件说明原因，核对前后照片。',
    tasks: ['抽查已结案件处置前后照片', '说明超期案件原因并提出措施', '复核作废案件'],
    answers: ['抽查案件{n}件，退回重办{m}件。', '超期案件{m}件已逐件说明，措施已落实。'],
  },
  {
    kind: 'ROUTINE',
    title: '12345热线诉求办理质量检查',
    requirement: '检查首接负责、按期答复和回访情况，对重复诉求提出专项治理方案。',
    tasks: ['检查首接负责制落实', '复核不满意工单', '梳理高频重复诉求'],
    answers: ['复核工单{n}件，二次办理{m}件，满意率提升。', '梳理高频诉求{m}类，纳入每月一题专项治理。'],
  },
  {
    kind: 'SPECIAL',
    title: '冬季供热保障监督检查',
    requirement: '检查热源储备、管网检修和投诉处置，室温不达标的二十四小时内上门测温。',
    tasks: ['核查热源燃料储备', '检查管网检修消缺', '抽查投诉上门测温'],
    answers: ['检查换热站{n}座，消除缺陷{m}处。', '上门测温{n}户，整改不达标{m}户。'],
  },
  {
    kind: 'ROUTINE',
    title: '生活垃圾分类工作检查',
    requirement: '检查居住区分类投放和分类运输，混装混运的从严查处。',
    tasks: ['检查居住区分类投放点', '查处混装混运'],
    answers: ['检查投放点{n}处，整改{m}处。'],
  },
  {
    kind: 'ROUTINE',
    title: '城市运行管理服务平台运行检查',
    requirement: '检查数据汇聚的及时性和完整性，核对上报数据与平台数据是否一致。',
    tasks: ['核对月度上报数据', '检查数据接口运行情况'],
    answers: ['核对指标{n}项，更正{m}项，已重新上报。'],
  },
];
