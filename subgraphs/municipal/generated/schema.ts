/** Types of the municipal subgraph's resolvers, made from its schema. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Context, RequiredResolvers, Within } from '@yiwang/platform';
import type { MunicipalLoaders } from '../loaders.ts';
import type { Mappers } from '../mappers.ts';

export type Maybe<T> = T | null;

export type InputMaybe<T> = Maybe<T>;

export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;

export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: T[P] };

export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  CategoryCode: { input: string; output: string; }
  Period: { input: string; output: string; }
  CreditCode: { input: string; output: string; }
  GridCode: { input: string; output: string; }
  Longitude: { input: number; output: number; }
  Latitude: { input: number; output: number; }
  DivisionCode: { input: string; output: string; }
  DateTime: { input: string; output: Date | string; }
  Date: { input: string; output: string; }
};

export type MonitoringField =
  | 'GAS'
  | 'UTILITY_TUNNEL'
  | 'CONFINED_SPACE'
  | 'DRAINAGE'
  | 'WEATHER'
  | 'WATER_SUPPLY'
  | 'HEATING'
  | 'BRIDGE'
  | 'ROAD';

export type AlarmLevel =
  | 'LEVEL_1'
  | 'LEVEL_2'
  | 'LEVEL_3'
  | 'LEVEL_4';

export type FacilityKind =
  | 'PUBLIC_TOILET'
  | 'PARKING'
  | 'DRINKING_WATER'
  | 'PARK'
  | 'SHELTER'
  | 'CHARGING'
  | 'SERVICE_CENTRE';

export type CaseOrderField =
  | 'REPORTED_AT'
  | 'FILED_AT'
  | 'DUE_AT'
  | 'CLOSED_AT';

export type CaseFilter = {
  readonly status?: InputMaybe<ReadonlyArray<CaseStatus>>;
  readonly category?: InputMaybe<Scalars['CategoryCode']['input']>;
  readonly source?: InputMaybe<ReadonlyArray<CaseSource>>;
  readonly overdue?: InputMaybe<Scalars['Boolean']['input']>;
  readonly suspended?: InputMaybe<Scalars['Boolean']['input']>;
  readonly reported?: InputMaybe<Scalars['Period']['input']>;
  readonly filed?: InputMaybe<Scalars['Period']['input']>;
  readonly closed?: InputMaybe<Scalars['Period']['input']>;
  readonly department?: InputMaybe<Scalars['CreditCode']['input']>;
  readonly grid?: InputMaybe<Scalars['GridCode']['input']>;
  readonly breaks?: InputMaybe<QualityMeasure>;
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

export type AlarmFilter = {
  readonly level?: InputMaybe<ReadonlyArray<AlarmLevel>>;
  readonly open?: InputMaybe<Scalars['Boolean']['input']>;
  readonly raised?: InputMaybe<Scalars['Period']['input']>;
  readonly field?: InputMaybe<Scalars['String']['input']>;
};

export type CaseOrder = {
  readonly field: CaseOrderField;
  readonly direction: Direction;
};

export type NearInput = {
  readonly longitude: Scalars['Longitude']['input'];
  readonly latitude: Scalars['Latitude']['input'];
  readonly withinMetres?: InputMaybe<Scalars['Int']['input']>;
};

export type AlarmDimension =
  | 'PROVINCE'
  | 'CITY'
  | 'COUNTY'
  | 'STREET'
  | 'COMMUNITY'
  | 'FIELD'
  | 'LEVEL'
  | 'MONTH'
  | 'DAY';

export type EnforcementDimension =
  | 'PROVINCE'
  | 'CITY'
  | 'COUNTY'
  | 'STREET'
  | 'COMMUNITY'
  | 'CATEGORY'
  | 'MAJOR_CATEGORY'
  | 'DEPARTMENT'
  | 'MONTH'
  | 'DAY';

export type ComponentDimension =
  | 'PROVINCE'
  | 'CITY'
  | 'COUNTY'
  | 'STREET'
  | 'COMMUNITY'
  | 'CATEGORY'
  | 'MAJOR_CATEGORY'
  | 'STATE'
  | 'OWNER';

export type QualityGrouping =
  | 'PROVINCE'
  | 'CITY'
  | 'COUNTY'
  | 'STREET'
  | 'COMMUNITY'
  | 'CATEGORY'
  | 'MAJOR_CATEGORY';

export type QualityMeasure =
  | 'LOCATED'
  | 'GRIDDED'
  | 'ADDRESSED'
  | 'RECORDED'
  | 'CURRENT'
  | 'ORDERED'
  | 'UNIQUE'
  | 'RESPONSIBLE'
  | 'LIMITED'
  | 'CONDITIONED'
  | 'DESCRIBED';

export type QueryCasesArgs = {
  within?: Within;
  filter?: InputMaybe<CaseFilter>;
  orderBy?: InputMaybe<CaseOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryCaseArgs = {
  id: Scalars['ID']['input'];
};

export type QueryCaseStatisticsArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  filter?: InputMaybe<CaseFilter>;
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};

export type QueryHotspotsArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
};

export type QueryFacilitiesArgs = {
  within?: Within;
  kind?: InputMaybe<FacilityKind>;
  near?: InputMaybe<NearInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryMonitoringPointsArgs = {
  within?: Within;
  field?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryAlarmsArgs = {
  within?: Within;
  filter?: InputMaybe<AlarmFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryGridCellsArgs = {
  within?: Within;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryComponentsArgs = {
  within?: Within;
  category?: InputMaybe<Scalars['CategoryCode']['input']>;
  state?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryComponentArgs = {
  code: Scalars['ID']['input'];
};

export type QueryOfficersArgs = {
  within?: Within;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryEnforcementCasesArgs = {
  within?: Within;
  period?: InputMaybe<Scalars['Period']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryPropertyCompaniesArgs = {
  within?: Within;
  grade?: InputMaybe<Scalars['String']['input']>;
  list?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryAlarmStatisticsArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  filter?: InputMaybe<AlarmFilter>;
  groupBy?: InputMaybe<ReadonlyArray<AlarmDimension>>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};

export type QueryEnforcementStatisticsArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<EnforcementDimension>>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};

export type QueryComponentStatisticsArgs = {
  within?: Within;
  category?: InputMaybe<Scalars['CategoryCode']['input']>;
  groupBy?: InputMaybe<ReadonlyArray<ComponentDimension>>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};

export type QueryQualityArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<QualityGrouping>>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};

export type Division = {
  readonly code: Scalars['DivisionCode']['output'];
  readonly caseStatistics: ReadonlyArray<CaseStatistics>;
};

export type DivisionCaseStatisticsArgs = {
  period: Scalars['Period']['input'];
  filter?: InputMaybe<CaseFilter>;
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};

export type CaseAppeal =
  | 'ASKED'
  | 'REFUSED'
  | 'GRANTED';

export type CaseStatistics = {
  readonly key: StatisticsKey;
  readonly counts: CaseCounts;
  readonly rates: CaseRates;
};

export type CaseCounts = {
  readonly reported: Scalars['Int']['output'];
  readonly filed: Scalars['Int']['output'];
  readonly filedOnTime: Scalars['Int']['output'];
  readonly handled: Scalars['Int']['output'];
  readonly handleDue: Scalars['Int']['output'];
  readonly due: Scalars['Int']['output'];
  readonly closed: Scalars['Int']['output'];
  readonly closedOnTime: Scalars['Int']['output'];
  readonly reworked: Scalars['Int']['output'];
  readonly returned: Scalars['Int']['output'];
  readonly voided: Scalars['Int']['output'];
  readonly open: Scalars['Int']['output'];
  readonly overdue: Scalars['Int']['output'];
  readonly reportedValid: Scalars['Int']['output'];
  readonly reportedByPublic: Scalars['Int']['output'];
  readonly reportedByPublicValid: Scalars['Int']['output'];
  readonly reportMissed: Scalars['Int']['output'];
  readonly events: Scalars['Int']['output'];
  readonly components: Scalars['Int']['output'];
  readonly accepted: Scalars['Int']['output'];
  readonly acceptedOnTime: Scalars['Int']['output'];
  readonly acceptPending: Scalars['Int']['output'];
  readonly verifySendDue: Scalars['Int']['output'];
  readonly verifySentOnTime: Scalars['Int']['output'];
  readonly verifyDue: Scalars['Int']['output'];
  readonly verified: Scalars['Int']['output'];
  readonly verifiedOnTime: Scalars['Int']['output'];
  readonly filedAccurate: Scalars['Int']['output'];
  readonly dispatchDue: Scalars['Int']['output'];
  readonly dispatched: Scalars['Int']['output'];
  readonly dispatchedOnTime: Scalars['Int']['output'];
  readonly dispatchedAccurate: Scalars['Int']['output'];
  readonly dispatchPending: Scalars['Int']['output'];
  readonly handledOnTime: Scalars['Int']['output'];
  readonly handledLate: Scalars['Int']['output'];
  readonly handlingOnTime: Scalars['Int']['output'];
  readonly handlePending: Scalars['Int']['output'];
  readonly handlePendingLate: Scalars['Int']['output'];
  readonly inspectSendDue: Scalars['Int']['output'];
  readonly inspectSentOnTime: Scalars['Int']['output'];
  readonly inspectDue: Scalars['Int']['output'];
  readonly inspected: Scalars['Int']['output'];
  readonly inspectedOnTime: Scalars['Int']['output'];
  readonly closedLate: Scalars['Int']['output'];
  readonly selfHandled: Scalars['Int']['output'];
  readonly extended: Scalars['Int']['output'];
};

export type CaseRates = {
  readonly handling: Rate;
  readonly closing: Rate;
  readonly closingOnTime: Rate;
  readonly filingOnTime: Rate;
  readonly rework: Rate;
  readonly validReportRate: Rate;
  readonly reportMissRate: Rate;
  readonly publicReportRate: Rate;
  readonly fileRate: Rate;
  readonly accurateFileRate: Rate;
  readonly onTimeVerifyRate: Rate;
  readonly onTimeVerifySendRate: Rate;
  readonly onTimeDispatchRate: Rate;
  readonly accurateDispatchRate: Rate;
  readonly onTimeHandleRate: Rate;
  readonly onTimeInspectRate: Rate;
  readonly onTimeInspectSendRate: Rate;
  readonly lateCloseRate: Rate;
  readonly openRate: Rate;
  readonly extensionRate: Rate;
};

export type AlarmCounts = {
  readonly raised: Scalars['Int']['output'];
  readonly acknowledged: Scalars['Int']['output'];
  readonly resolved: Scalars['Int']['output'];
  readonly falseAlarms: Scalars['Int']['output'];
  readonly open: Scalars['Int']['output'];
  readonly unacknowledged: Scalars['Int']['output'];
  readonly minutesToAcknowledge: Scalars['Float']['output'];
  readonly minutesToResolve: Scalars['Float']['output'];
};

export type AlarmRates = {
  readonly acknowledging: Rate;
  readonly resolving: Rate;
  readonly falseAlarm: Rate;
};

export type EnforcementCounts = {
  readonly filed: Scalars['Int']['output'];
  readonly decided: Scalars['Int']['output'];
  readonly withdrawn: Scalars['Int']['output'];
  readonly open: Scalars['Int']['output'];
  readonly fined: Scalars['Int']['output'];
  readonly fineYuan: Scalars['Float']['output'];
};

export type EnforcementRates = {
  readonly fined: Rate;
};

export type ComponentCounts = {
  readonly total: Scalars['Int']['output'];
  readonly intact: Scalars['Int']['output'];
  readonly damaged: Scalars['Int']['output'];
  readonly lost: Scalars['Int']['output'];
  readonly discarded: Scalars['Int']['output'];
};

export type ComponentRates = {
  readonly intact: Rate;
};

export type QualityCounts = {
  readonly rows: Scalars['Int']['output'];
  readonly located: Scalars['Int']['output'];
  readonly gridded: Scalars['Int']['output'];
  readonly addressed: Scalars['Int']['output'];
  readonly recorded: Scalars['Int']['output'];
  readonly current: Scalars['Int']['output'];
  readonly ordered: Scalars['Int']['output'];
  readonly unique: Scalars['Int']['output'];
  readonly responsible: Scalars['Int']['output'];
  readonly limited: Scalars['Int']['output'];
  readonly conditioned: Scalars['Int']['output'];
  readonly described: Scalars['Int']['output'];
};

export type QualityRates = {
  readonly located: Rate;
  readonly gridded: Rate;
  readonly addressed: Rate;
  readonly recorded: Rate;
  readonly current: Rate;
  readonly ordered: Rate;
  readonly unique: Rate;
  readonly responsible: Rate;
  readonly limited: Rate;
  readonly conditioned: Rate;
  readonly described: Rate;
  readonly findability: Points;
  readonly accessibility: Points;
  readonly interoperability: Points;
  readonly reusability: Points;
  readonly contextuality: Points;
  readonly score: Points;
};

export type Points = {
  readonly numerator: Scalars['Float']['output'];
  readonly denominator: Scalars['Float']['output'];
  readonly value?: Maybe<Scalars['Float']['output']>;
};

export type CaseStatus =
  | 'REPORTED'
  | 'FILED'
  | 'DISPATCHED'
  | 'HANDLING'
  | 'HANDLED'
  | 'INSPECTING'
  | 'CLOSED'
  | 'VOIDED';

export type CaseSource =
  | 'PATROL'
  | 'HOTLINE'
  | 'PUBLIC'
  | 'VIDEO'
  | 'LEADER'
  | 'DEPARTMENT'
  | 'SENSOR';

export type Direction =
  | 'ASC'
  | 'DESC';

export type CaseDimension =
  | 'PROVINCE'
  | 'CITY'
  | 'COUNTY'
  | 'STREET'
  | 'COMMUNITY'
  | 'CATEGORY'
  | 'MAJOR_CATEGORY'
  | 'SOURCE'
  | 'DEPARTMENT'
  | 'MONTH'
  | 'OFFICER'
  | 'POST'
  | 'GRID'
  | 'KIND'
  | 'CHANNEL'
  | 'DAY'
  | 'HOUR';

export type DivisionMap =
  | 'OF_THE_DAY'
  | 'TODAY';

export type StatisticsOrder = {
  readonly by: Scalars['String']['input'];
  readonly direction: Direction;
};

export type Hotspot = {
  readonly key: StatisticsKey;
  readonly requests: Scalars['Int']['output'];
  readonly cases: Scalars['Int']['output'];
  readonly quadrant: Quadrant;
};

export type Category = {
  readonly code: Scalars['CategoryCode']['output'];
};

export type CaseClock = {
  readonly clock: Scalars['String']['output'];
  readonly startedAt: Scalars['DateTime']['output'];
  readonly dueAt?: Maybe<Scalars['DateTime']['output']>;
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly usedSeconds: Scalars['Int']['output'];
  readonly pausedSeconds: Scalars['Int']['output'];
  readonly overdue: Scalars['Boolean']['output'];
};

export type Department = {
  readonly code: Scalars['CreditCode']['output'];
};

export type Request = {
  readonly id: Scalars['ID']['output'];
};

export type Person = {
  readonly name?: Maybe<Scalars['String']['output']>;
  readonly phone?: Maybe<Scalars['String']['output']>;
};

export type PageInfo = {
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

export type StatisticsKey = {
  readonly division?: Maybe<Division>;
  readonly category?: Maybe<Category>;
  readonly source?: Maybe<CaseSource>;
  readonly department?: Maybe<Department>;
  readonly month?: Maybe<Scalars['Period']['output']>;
  readonly officer?: Maybe<Scalars['ID']['output']>;
  readonly post?: Maybe<Scalars['String']['output']>;
  readonly grid?: Maybe<Scalars['GridCode']['output']>;
  readonly kind?: Maybe<Scalars['String']['output']>;
  readonly channel?: Maybe<Scalars['String']['output']>;
  readonly day?: Maybe<Scalars['Date']['output']>;
  readonly hour?: Maybe<Scalars['Int']['output']>;
  readonly unattributed?: Maybe<Scalars['Boolean']['output']>;
};

export type Rate = {
  readonly numerator: Scalars['Int']['output'];
  readonly denominator: Scalars['Int']['output'];
  readonly value?: Maybe<Scalars['Float']['output']>;
};

export type Quadrant =
  | 'BOTH_HIGH'
  | 'HOTLINE_HIGH'
  | 'GRID_HIGH'
  | 'BOTH_LOW';

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type ResolversTypes = {
  MonitoringField: MonitoringField;
  AlarmLevel: AlarmLevel;
  FacilityKind: FacilityKind;
  CaseOrderField: CaseOrderField;
  CaseFilter: CaseFilter;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AlarmFilter: AlarmFilter;
  CaseOrder: CaseOrder;
  NearInput: NearInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AlarmDimension: AlarmDimension;
  EnforcementDimension: EnforcementDimension;
  ComponentDimension: ComponentDimension;
  QualityGrouping: QualityGrouping;
  QualityMeasure: QualityMeasure;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ReportFigure: ResolverTypeWrapper<Mappers['ReportFigure']>;
  Division: ResolverTypeWrapper<Mappers['Division']>;
  Case: ResolverTypeWrapper<Mappers['Case']>;
  CaseAppeal: CaseAppeal;
  CaseClocks: ResolverTypeWrapper<Mappers['CaseClocks']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  CaseConnection: ResolverTypeWrapper<Mappers['CaseConnection']>;
  CaseEdge: ResolverTypeWrapper<Mappers['CaseEdge']>;
  GridCell: ResolverTypeWrapper<Mappers['GridCell']>;
  GridCellConnection: ResolverTypeWrapper<Mappers['GridCellConnection']>;
  GridCellEdge: ResolverTypeWrapper<Mappers['GridCellEdge']>;
  Component: ResolverTypeWrapper<Mappers['Component']>;
  ComponentConnection: ResolverTypeWrapper<Mappers['ComponentConnection']>;
  ComponentEdge: ResolverTypeWrapper<Mappers['ComponentEdge']>;
  CaseStatistics: ResolverTypeWrapper<Mappers['CaseStatistics']>;
  CaseCounts: ResolverTypeWrapper<CaseCounts>;
  CaseRates: ResolverTypeWrapper<CaseRates>;
  Facility: ResolverTypeWrapper<Mappers['Facility']>;
  FacilityConnection: ResolverTypeWrapper<Mappers['FacilityConnection']>;
  FacilityEdge: ResolverTypeWrapper<Mappers['FacilityEdge']>;
  MonitoringPoint: ResolverTypeWrapper<Mappers['MonitoringPoint']>;
  MonitoringPointConnection: ResolverTypeWrapper<Mappers['MonitoringPointConnection']>;
  MonitoringPointEdge: ResolverTypeWrapper<Mappers['MonitoringPointEdge']>;
  Alarm: ResolverTypeWrapper<Mappers['Alarm']>;
  AlarmConnection: ResolverTypeWrapper<Mappers['AlarmConnection']>;
  AlarmEdge: ResolverTypeWrapper<Mappers['AlarmEdge']>;
  Officer: ResolverTypeWrapper<Mappers['Officer']>;
  OfficerConnection: ResolverTypeWrapper<Mappers['OfficerConnection']>;
  OfficerEdge: ResolverTypeWrapper<Mappers['OfficerEdge']>;
  EnforcementCase: ResolverTypeWrapper<Mappers['EnforcementCase']>;
  EnforcementCaseConnection: ResolverTypeWrapper<Mappers['EnforcementCaseConnection']>;
  EnforcementCaseEdge: ResolverTypeWrapper<Mappers['EnforcementCaseEdge']>;
  PropertyCompany: ResolverTypeWrapper<Mappers['PropertyCompany']>;
  PropertyCompanyConnection: ResolverTypeWrapper<Mappers['PropertyCompanyConnection']>;
  PropertyCompanyEdge: ResolverTypeWrapper<Mappers['PropertyCompanyEdge']>;
  AlarmStatistics: ResolverTypeWrapper<Mappers['AlarmStatistics']>;
  AlarmStatisticsKey: ResolverTypeWrapper<Mappers['AlarmStatisticsKey']>;
  AlarmCounts: ResolverTypeWrapper<AlarmCounts>;
  AlarmRates: ResolverTypeWrapper<AlarmRates>;
  EnforcementStatistics: ResolverTypeWrapper<Mappers['EnforcementStatistics']>;
  EnforcementCounts: ResolverTypeWrapper<EnforcementCounts>;
  EnforcementRates: ResolverTypeWrapper<EnforcementRates>;
  ComponentStatistics: ResolverTypeWrapper<Mappers['ComponentStatistics']>;
  ComponentStatisticsKey: ResolverTypeWrapper<Mappers['ComponentStatisticsKey']>;
  ComponentCounts: ResolverTypeWrapper<ComponentCounts>;
  ComponentRates: ResolverTypeWrapper<ComponentRates>;
  Quality: ResolverTypeWrapper<Mappers['Quality']>;
  QualityCounts: ResolverTypeWrapper<QualityCounts>;
  QualityRates: ResolverTypeWrapper<QualityRates>;
  Points: ResolverTypeWrapper<Points>;
  CaseStatus: CaseStatus;
  CategoryCode: ResolverTypeWrapper<Scalars['CategoryCode']['output']>;
  CaseSource: CaseSource;
  Period: ResolverTypeWrapper<Scalars['Period']['output']>;
  CreditCode: ResolverTypeWrapper<Scalars['CreditCode']['output']>;
  GridCode: ResolverTypeWrapper<Scalars['GridCode']['output']>;
  Direction: Direction;
  Longitude: ResolverTypeWrapper<Scalars['Longitude']['output']>;
  Latitude: ResolverTypeWrapper<Scalars['Latitude']['output']>;
  DivisionCode: ResolverTypeWrapper<Scalars['DivisionCode']['output']>;
  CaseDimension: CaseDimension;
  DivisionMap: DivisionMap;
  StatisticsOrder: StatisticsOrder;
  Hotspot: ResolverTypeWrapper<Omit<Hotspot, 'key'> & { key: ResolversTypes['StatisticsKey'] }>;
  Category: ResolverTypeWrapper<Category>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  CaseClock: ResolverTypeWrapper<CaseClock>;
  Department: ResolverTypeWrapper<Department>;
  Request: ResolverTypeWrapper<Request>;
  Person: ResolverTypeWrapper<Person>;
  CaseStage: ResolverTypeWrapper<Mappers['CaseStage']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  StatisticsKey: ResolverTypeWrapper<Mappers['StatisticsKey']>;
  Rate: ResolverTypeWrapper<Rate>;
  Quadrant: Quadrant;
};

export type ResolversParentTypes = {
  CaseFilter: CaseFilter;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  AlarmFilter: AlarmFilter;
  CaseOrder: CaseOrder;
  NearInput: NearInput;
  Int: Scalars['Int']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  ReportFigure: Mappers['ReportFigure'];
  Division: Mappers['Division'];
  Case: Mappers['Case'];
  CaseClocks: Mappers['CaseClocks'];
  Float: Scalars['Float']['output'];
  CaseConnection: Mappers['CaseConnection'];
  CaseEdge: Mappers['CaseEdge'];
  GridCell: Mappers['GridCell'];
  GridCellConnection: Mappers['GridCellConnection'];
  GridCellEdge: Mappers['GridCellEdge'];
  Component: Mappers['Component'];
  ComponentConnection: Mappers['ComponentConnection'];
  ComponentEdge: Mappers['ComponentEdge'];
  CaseStatistics: Mappers['CaseStatistics'];
  CaseCounts: CaseCounts;
  CaseRates: CaseRates;
  Facility: Mappers['Facility'];
  FacilityConnection: Mappers['FacilityConnection'];
  FacilityEdge: Mappers['FacilityEdge'];
  MonitoringPoint: Mappers['MonitoringPoint'];
  MonitoringPointConnection: Mappers['MonitoringPointConnection'];
  MonitoringPointEdge: Mappers['MonitoringPointEdge'];
  Alarm: Mappers['Alarm'];
  AlarmConnection: Mappers['AlarmConnection'];
  AlarmEdge: Mappers['AlarmEdge'];
  Officer: Mappers['Officer'];
  OfficerConnection: Mappers['OfficerConnection'];
  OfficerEdge: Mappers['OfficerEdge'];
  EnforcementCase: Mappers['EnforcementCase'];
  EnforcementCaseConnection: Mappers['EnforcementCaseConnection'];
  EnforcementCaseEdge: Mappers['EnforcementCaseEdge'];
  PropertyCompany: Mappers['PropertyCompany'];
  PropertyCompanyConnection: Mappers['PropertyCompanyConnection'];
  PropertyCompanyEdge: Mappers['PropertyCompanyEdge'];
  AlarmStatistics: Mappers['AlarmStatistics'];
  AlarmStatisticsKey: Mappers['AlarmStatisticsKey'];
  AlarmCounts: AlarmCounts;
  AlarmRates: AlarmRates;
  EnforcementStatistics: Mappers['EnforcementStatistics'];
  EnforcementCounts: EnforcementCounts;
  EnforcementRates: EnforcementRates;
  ComponentStatistics: Mappers['ComponentStatistics'];
  ComponentStatisticsKey: Mappers['ComponentStatisticsKey'];
  ComponentCounts: ComponentCounts;
  ComponentRates: ComponentRates;
  Quality: Mappers['Quality'];
  QualityCounts: QualityCounts;
  QualityRates: QualityRates;
  Points: Points;
  CategoryCode: Scalars['CategoryCode']['output'];
  Period: Scalars['Period']['output'];
  CreditCode: Scalars['CreditCode']['output'];
  GridCode: Scalars['GridCode']['output'];
  Longitude: Scalars['Longitude']['output'];
  Latitude: Scalars['Latitude']['output'];
  DivisionCode: Scalars['DivisionCode']['output'];
  StatisticsOrder: StatisticsOrder;
  Hotspot: Omit<Hotspot, 'key'> & { key: ResolversParentTypes['StatisticsKey'] };
  Category: Category;
  DateTime: Scalars['DateTime']['output'];
  CaseClock: CaseClock;
  Department: Department;
  Request: Request;
  Person: Person;
  CaseStage: Mappers['CaseStage'];
  PageInfo: PageInfo;
  Date: Scalars['Date']['output'];
  StatisticsKey: Mappers['StatisticsKey'];
  Rate: Rate;
};

export type QueryResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  cases?: Resolver<ResolversTypes['CaseConnection'], ParentType, ContextType, RequireFields<QueryCasesArgs, 'first'>>;
  case?: Resolver<Maybe<ResolversTypes['Case']>, ParentType, ContextType, RequireFields<QueryCaseArgs, 'id'>>;
  caseStatistics?: Resolver<ReadonlyArray<ResolversTypes['CaseStatistics']>, ParentType, ContextType, RequireFields<QueryCaseStatisticsArgs, 'period' | 'groupBy' | 'map'>>;
  hotspots?: Resolver<ReadonlyArray<ResolversTypes['Hotspot']>, ParentType, ContextType, RequireFields<QueryHotspotsArgs, 'period' | 'groupBy' | 'map'>>;
  facilities?: Resolver<ResolversTypes['FacilityConnection'], ParentType, ContextType, RequireFields<QueryFacilitiesArgs, 'first'>>;
  monitoringPoints?: Resolver<ResolversTypes['MonitoringPointConnection'], ParentType, ContextType, RequireFields<QueryMonitoringPointsArgs, 'first'>>;
  alarms?: Resolver<ResolversTypes['AlarmConnection'], ParentType, ContextType, RequireFields<QueryAlarmsArgs, 'first'>>;
  gridCells?: Resolver<ResolversTypes['GridCellConnection'], ParentType, ContextType, RequireFields<QueryGridCellsArgs, 'first'>>;
  components?: Resolver<ResolversTypes['ComponentConnection'], ParentType, ContextType, RequireFields<QueryComponentsArgs, 'first'>>;
  component?: Resolver<Maybe<ResolversTypes['Component']>, ParentType, ContextType, RequireFields<QueryComponentArgs, 'code'>>;
  officers?: Resolver<ResolversTypes['OfficerConnection'], ParentType, ContextType, RequireFields<QueryOfficersArgs, 'first'>>;
  enforcementCases?: Resolver<ResolversTypes['EnforcementCaseConnection'], ParentType, ContextType, RequireFields<QueryEnforcementCasesArgs, 'first'>>;
  propertyCompanies?: Resolver<ResolversTypes['PropertyCompanyConnection'], ParentType, ContextType, RequireFields<QueryPropertyCompaniesArgs, 'first'>>;
  alarmStatistics?: Resolver<ReadonlyArray<ResolversTypes['AlarmStatistics']>, ParentType, ContextType, RequireFields<QueryAlarmStatisticsArgs, 'period' | 'groupBy'>>;
  enforcementStatistics?: Resolver<ReadonlyArray<ResolversTypes['EnforcementStatistics']>, ParentType, ContextType, RequireFields<QueryEnforcementStatisticsArgs, 'period' | 'groupBy'>>;
  componentStatistics?: Resolver<ReadonlyArray<ResolversTypes['ComponentStatistics']>, ParentType, ContextType, RequireFields<QueryComponentStatisticsArgs, 'groupBy'>>;
  quality?: Resolver<ReadonlyArray<ResolversTypes['Quality']>, ParentType, ContextType, RequireFields<QueryQualityArgs, 'period' | 'groupBy'>>;
};

export type ReportFigureResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['ReportFigure'] = ResolversParentTypes['ReportFigure']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  liveCases?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DivisionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Division'] = ResolversParentTypes['Division']> = {
  code?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
  caseStatistics?: Resolver<ReadonlyArray<ResolversTypes['CaseStatistics']>, ParentType, ContextType, RequireFields<DivisionCaseStatisticsArgs, 'period' | 'groupBy' | 'map'>>;
};

export type CaseResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Case'] = ResolversParentTypes['Case']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  grid?: Resolver<Maybe<ResolversTypes['GridCell']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['CaseSource'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CaseStatus'], ParentType, ContextType>;
  flowState?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  suspended?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  suspendedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  longitude?: Resolver<Maybe<ResolversTypes['Longitude']>, ParentType, ContextType>;
  latitude?: Resolver<Maybe<ResolversTypes['Latitude']>, ParentType, ContextType>;
  reportedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  verifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  filedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  filedOnTime?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  dispatchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  handledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  inspectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  voidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  transferredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  onTime?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  clocks?: Resolver<ResolversTypes['CaseClocks'], ParentType, ContextType>;
  stageClocks?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CaseClock']>>, ParentType, ContextType>;
  appeal?: Resolver<Maybe<ResolversTypes['CaseAppeal']>, ParentType, ContextType>;
  returnCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reworkCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  extensionCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  component?: Resolver<Maybe<ResolversTypes['Component']>, ParentType, ContextType>;
  request?: Resolver<Maybe<ResolversTypes['Request']>, ParentType, ContextType>;
  reporter?: Resolver<Maybe<ResolversTypes['Person']>, ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['CaseStage']>, ParentType, ContextType>;
};

export type CaseClocksResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['CaseClocks'] = ResolversParentTypes['CaseClocks']> = {
  condition?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  limitAmount?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  limitUnit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  acceptDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dispatchDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  handleDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  acceptSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  dispatchSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  handleSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  pausedSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CaseConnectionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['CaseConnection'] = ResolversParentTypes['CaseConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CaseEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Case']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CaseEdgeResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['CaseEdge'] = ResolversParentTypes['CaseEdge']> = {
  node?: Resolver<ResolversTypes['Case'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GridCellResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['GridCell'] = ResolversParentTypes['GridCell']> = {
  code?: Resolver<ResolversTypes['GridCode'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  areaSquareMetres?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type GridCellConnectionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['GridCellConnection'] = ResolversParentTypes['GridCellConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GridCellEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['GridCell']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GridCellEdgeResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['GridCellEdge'] = ResolversParentTypes['GridCellEdge']> = {
  node?: Resolver<ResolversTypes['GridCell'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ComponentResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Component'] = ResolversParentTypes['Component']> = {
  code?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  grid?: Resolver<Maybe<ResolversTypes['GridCell']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  longitude?: Resolver<Maybe<ResolversTypes['Longitude']>, ParentType, ContextType>;
  latitude?: Resolver<Maybe<ResolversTypes['Latitude']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  inCharge?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  maintainer?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  material?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  initialOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  changedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type ComponentConnectionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['ComponentConnection'] = ResolversParentTypes['ComponentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ComponentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Component']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ComponentEdgeResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['ComponentEdge'] = ResolversParentTypes['ComponentEdge']> = {
  node?: Resolver<ResolversTypes['Component'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CaseStatisticsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['CaseStatistics'] = ResolversParentTypes['CaseStatistics']> = {
  key?: Resolver<ResolversTypes['StatisticsKey'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['CaseCounts'], ParentType, ContextType>;
  rates?: Resolver<ResolversTypes['CaseRates'], ParentType, ContextType>;
};

export type CaseCountsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['CaseCounts'] = ResolversParentTypes['CaseCounts']> = {
  reported?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  filed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  filedOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  handled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  handleDue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  due?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  closed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  closedOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reworked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  voided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reportedValid?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reportedByPublic?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reportedByPublicValid?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reportMissed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  components?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  accepted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  acceptedOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  acceptPending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verifySendDue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verifySentOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verifyDue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verified?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verifiedOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  filedAccurate?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dispatchDue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dispatched?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dispatchedOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dispatchedAccurate?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dispatchPending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  handledOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  handledLate?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  handlingOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  handlePending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  handlePendingLate?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inspectSendDue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inspectSentOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inspectDue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inspected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inspectedOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  closedLate?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  selfHandled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  extended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CaseRatesResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['CaseRates'] = ResolversParentTypes['CaseRates']> = {
  handling?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  closing?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  closingOnTime?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  filingOnTime?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  rework?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  validReportRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  reportMissRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  publicReportRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  fileRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  accurateFileRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  onTimeVerifyRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  onTimeVerifySendRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  onTimeDispatchRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  accurateDispatchRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  onTimeHandleRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  onTimeInspectRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  onTimeInspectSendRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  lateCloseRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  openRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  extensionRate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
};

export type FacilityResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Facility'] = ResolversParentTypes['Facility']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FacilityKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Longitude'], ParentType, ContextType>;
  latitude?: Resolver<ResolversTypes['Latitude'], ParentType, ContextType>;
  distanceMetres?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  openingHours?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  capacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  barrierFree?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  operator?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
};

export type FacilityConnectionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['FacilityConnection'] = ResolversParentTypes['FacilityConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FacilityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Facility']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FacilityEdgeResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['FacilityEdge'] = ResolversParentTypes['FacilityEdge']> = {
  node?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MonitoringPointResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['MonitoringPoint'] = ResolversParentTypes['MonitoringPoint']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['MonitoringField'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  longitude?: Resolver<Maybe<ResolversTypes['Longitude']>, ParentType, ContextType>;
  latitude?: Resolver<Maybe<ResolversTypes['Latitude']>, ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  latest?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  latestAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type MonitoringPointConnectionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['MonitoringPointConnection'] = ResolversParentTypes['MonitoringPointConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MonitoringPointEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['MonitoringPoint']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MonitoringPointEdgeResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['MonitoringPointEdge'] = ResolversParentTypes['MonitoringPointEdge']> = {
  node?: Resolver<ResolversTypes['MonitoringPoint'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AlarmResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Alarm'] = ResolversParentTypes['Alarm']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  point?: Resolver<ResolversTypes['MonitoringPoint'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['AlarmLevel'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['MonitoringField'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  raisedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  falseAlarm?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type AlarmConnectionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['AlarmConnection'] = ResolversParentTypes['AlarmConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AlarmEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Alarm']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AlarmEdgeResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['AlarmEdge'] = ResolversParentTypes['AlarmEdge']> = {
  node?: Resolver<ResolversTypes['Alarm'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OfficerResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Officer'] = ResolversParentTypes['Officer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  person?: Resolver<ResolversTypes['Person'], ParentType, ContextType>;
  post?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  grids?: Resolver<ReadonlyArray<ResolversTypes['GridCell']>, ParentType, ContextType>;
};

export type OfficerConnectionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['OfficerConnection'] = ResolversParentTypes['OfficerConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OfficerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Officer']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OfficerEdgeResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['OfficerEdge'] = ResolversParentTypes['OfficerEdge']> = {
  node?: Resolver<ResolversTypes['Officer'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EnforcementCaseResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['EnforcementCase'] = ResolversParentTypes['EnforcementCase']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  party?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  basis?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fineYuan?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  filedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EnforcementCaseConnectionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['EnforcementCaseConnection'] = ResolversParentTypes['EnforcementCaseConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EnforcementCaseEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['EnforcementCase']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EnforcementCaseEdgeResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['EnforcementCaseEdge'] = ResolversParentTypes['EnforcementCaseEdge']> = {
  node?: Resolver<ResolversTypes['EnforcementCase'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PropertyCompanyResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['PropertyCompany'] = ResolversParentTypes['PropertyCompany']> = {
  code?: Resolver<ResolversTypes['CreditCode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  grade?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  list?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  listReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  communities?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  ratedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type PropertyCompanyConnectionResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['PropertyCompanyConnection'] = ResolversParentTypes['PropertyCompanyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PropertyCompanyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['PropertyCompany']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PropertyCompanyEdgeResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['PropertyCompanyEdge'] = ResolversParentTypes['PropertyCompanyEdge']> = {
  node?: Resolver<ResolversTypes['PropertyCompany'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AlarmStatisticsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['AlarmStatistics'] = ResolversParentTypes['AlarmStatistics']> = {
  key?: Resolver<ResolversTypes['AlarmStatisticsKey'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['AlarmCounts'], ParentType, ContextType>;
  rates?: Resolver<ResolversTypes['AlarmRates'], ParentType, ContextType>;
};

export type AlarmStatisticsKeyResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['AlarmStatisticsKey'] = ResolversParentTypes['AlarmStatisticsKey']> = {
  division?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['MonitoringField']>, ParentType, ContextType>;
  level?: Resolver<Maybe<ResolversTypes['AlarmLevel']>, ParentType, ContextType>;
  month?: Resolver<Maybe<ResolversTypes['Period']>, ParentType, ContextType>;
  day?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type AlarmCountsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['AlarmCounts'] = ResolversParentTypes['AlarmCounts']> = {
  raised?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  acknowledged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resolved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  falseAlarms?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unacknowledged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minutesToAcknowledge?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  minutesToResolve?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type AlarmRatesResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['AlarmRates'] = ResolversParentTypes['AlarmRates']> = {
  acknowledging?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  resolving?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  falseAlarm?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
};

export type EnforcementStatisticsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['EnforcementStatistics'] = ResolversParentTypes['EnforcementStatistics']> = {
  key?: Resolver<ResolversTypes['StatisticsKey'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['EnforcementCounts'], ParentType, ContextType>;
  rates?: Resolver<ResolversTypes['EnforcementRates'], ParentType, ContextType>;
};

export type EnforcementCountsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['EnforcementCounts'] = ResolversParentTypes['EnforcementCounts']> = {
  filed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  decided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withdrawn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fined?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fineYuan?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type EnforcementRatesResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['EnforcementRates'] = ResolversParentTypes['EnforcementRates']> = {
  fined?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
};

export type ComponentStatisticsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['ComponentStatistics'] = ResolversParentTypes['ComponentStatistics']> = {
  key?: Resolver<ResolversTypes['ComponentStatisticsKey'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['ComponentCounts'], ParentType, ContextType>;
  rates?: Resolver<ResolversTypes['ComponentRates'], ParentType, ContextType>;
};

export type ComponentStatisticsKeyResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['ComponentStatisticsKey'] = ResolversParentTypes['ComponentStatisticsKey']> = {
  division?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
};

export type ComponentCountsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['ComponentCounts'] = ResolversParentTypes['ComponentCounts']> = {
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  intact?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  damaged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  discarded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ComponentRatesResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['ComponentRates'] = ResolversParentTypes['ComponentRates']> = {
  intact?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
};

export type QualityResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Quality'] = ResolversParentTypes['Quality']> = {
  key?: Resolver<ResolversTypes['StatisticsKey'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['QualityCounts'], ParentType, ContextType>;
  rates?: Resolver<ResolversTypes['QualityRates'], ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QualityCountsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['QualityCounts'] = ResolversParentTypes['QualityCounts']> = {
  rows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  located?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gridded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  addressed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recorded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ordered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unique?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  responsible?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  limited?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  conditioned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  described?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QualityRatesResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['QualityRates'] = ResolversParentTypes['QualityRates']> = {
  located?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  gridded?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  addressed?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  recorded?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  ordered?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  unique?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  responsible?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  limited?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  conditioned?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  described?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  findability?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  accessibility?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  interoperability?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  reusability?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  contextuality?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
};

export type PointsResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Points'] = ResolversParentTypes['Points']> = {
  numerator?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  denominator?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type HotspotResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Hotspot'] = ResolversParentTypes['Hotspot']> = {
  key?: Resolver<ResolversTypes['StatisticsKey'], ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cases?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quadrant?: Resolver<ResolversTypes['Quadrant'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  code?: Resolver<ResolversTypes['CategoryCode'], ParentType, ContextType>;
};

export type CaseClockResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['CaseClock'] = ResolversParentTypes['CaseClock']> = {
  clock?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  usedSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pausedSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DepartmentResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department']> = {
  code?: Resolver<ResolversTypes['CreditCode'], ParentType, ContextType>;
};

export type RequestResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Request'] = ResolversParentTypes['Request']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PersonResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Person'] = ResolversParentTypes['Person']> = {
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CaseStageResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['CaseStage'] = ResolversParentTypes['CaseStage']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['Person']>, ParentType, ContextType>;
  post?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  officer?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  receiver?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  suspendedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['CaseStatus']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['CaseStatus']>, ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  elapsedSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type StatisticsKeyResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['StatisticsKey'] = ResolversParentTypes['StatisticsKey']> = {
  division?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['CaseSource']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  month?: Resolver<Maybe<ResolversTypes['Period']>, ParentType, ContextType>;
  officer?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  post?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  grid?: Resolver<Maybe<ResolversTypes['GridCode']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  day?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  hour?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unattributed?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type RateResolvers<ContextType = Context<MunicipalLoaders>, ParentType extends ResolversParentTypes['Rate'] = ResolversParentTypes['Rate']> = {
  numerator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  denominator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context<MunicipalLoaders>> = {
  Query?: QueryResolvers<ContextType>;
  ReportFigure?: ReportFigureResolvers<ContextType>;
  Division?: DivisionResolvers<ContextType>;
  Case?: CaseResolvers<ContextType>;
  CaseClocks?: CaseClocksResolvers<ContextType>;
  CaseConnection?: CaseConnectionResolvers<ContextType>;
  CaseEdge?: CaseEdgeResolvers<ContextType>;
  GridCell?: GridCellResolvers<ContextType>;
  GridCellConnection?: GridCellConnectionResolvers<ContextType>;
  GridCellEdge?: GridCellEdgeResolvers<ContextType>;
  Component?: ComponentResolvers<ContextType>;
  ComponentConnection?: ComponentConnectionResolvers<ContextType>;
  ComponentEdge?: ComponentEdgeResolvers<ContextType>;
  CaseStatistics?: CaseStatisticsResolvers<ContextType>;
  CaseCounts?: CaseCountsResolvers<ContextType>;
  CaseRates?: CaseRatesResolvers<ContextType>;
  Facility?: FacilityResolvers<ContextType>;
  FacilityConnection?: FacilityConnectionResolvers<ContextType>;
  FacilityEdge?: FacilityEdgeResolvers<ContextType>;
  MonitoringPoint?: MonitoringPointResolvers<ContextType>;
  MonitoringPointConnection?: MonitoringPointConnectionResolvers<ContextType>;
  MonitoringPointEdge?: MonitoringPointEdgeResolvers<ContextType>;
  Alarm?: AlarmResolvers<ContextType>;
  AlarmConnection?: AlarmConnectionResolvers<ContextType>;
  AlarmEdge?: AlarmEdgeResolvers<ContextType>;
  Officer?: OfficerResolvers<ContextType>;
  OfficerConnection?: OfficerConnectionResolvers<ContextType>;
  OfficerEdge?: OfficerEdgeResolvers<ContextType>;
  EnforcementCase?: EnforcementCaseResolvers<ContextType>;
  EnforcementCaseConnection?: EnforcementCaseConnectionResolvers<ContextType>;
  EnforcementCaseEdge?: EnforcementCaseEdgeResolvers<ContextType>;
  PropertyCompany?: PropertyCompanyResolvers<ContextType>;
  PropertyCompanyConnection?: PropertyCompanyConnectionResolvers<ContextType>;
  PropertyCompanyEdge?: PropertyCompanyEdgeResolvers<ContextType>;
  AlarmStatistics?: AlarmStatisticsResolvers<ContextType>;
  AlarmStatisticsKey?: AlarmStatisticsKeyResolvers<ContextType>;
  AlarmCounts?: AlarmCountsResolvers<ContextType>;
  AlarmRates?: AlarmRatesResolvers<ContextType>;
  EnforcementStatistics?: EnforcementStatisticsResolvers<ContextType>;
  EnforcementCounts?: EnforcementCountsResolvers<ContextType>;
  EnforcementRates?: EnforcementRatesResolvers<ContextType>;
  ComponentStatistics?: ComponentStatisticsResolvers<ContextType>;
  ComponentStatisticsKey?: ComponentStatisticsKeyResolvers<ContextType>;
  ComponentCounts?: ComponentCountsResolvers<ContextType>;
  ComponentRates?: ComponentRatesResolvers<ContextType>;
  Quality?: QualityResolvers<ContextType>;
  QualityCounts?: QualityCountsResolvers<ContextType>;
  QualityRates?: QualityRatesResolvers<ContextType>;
  Points?: PointsResolvers<ContextType>;
  Hotspot?: HotspotResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  CaseClock?: CaseClockResolvers<ContextType>;
  Department?: DepartmentResolvers<ContextType>;
  Request?: RequestResolvers<ContextType>;
  Person?: PersonResolvers<ContextType>;
  CaseStage?: CaseStageResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  StatisticsKey?: StatisticsKeyResolvers<ContextType>;
  Rate?: RateResolvers<ContextType>;
};

export type ReportFigureReference = { readonly __typename: 'ReportFigure'; readonly id: Scalars['ID']['output']; readonly kind: Scalars['String']['output']; readonly division: Scalars['DivisionCode']['output']; readonly period: Scalars['Period']['output']; readonly metric: Scalars['String']['output']; };

export type DivisionReference = { readonly __typename: 'Division'; readonly code: Scalars['DivisionCode']['output']; };

export type CaseReference = { readonly __typename: 'Case'; readonly id: Scalars['ID']['output']; };

export type GridCellReference = { readonly __typename: 'GridCell'; readonly code: Scalars['GridCode']['output']; };

export type ComponentReference = { readonly __typename: 'Component'; readonly code: Scalars['ID']['output']; };

export type FacilityReference = { readonly __typename: 'Facility'; readonly id: Scalars['ID']['output']; };

export type MonitoringPointReference = { readonly __typename: 'MonitoringPoint'; readonly id: Scalars['ID']['output']; };

export type AlarmReference = { readonly __typename: 'Alarm'; readonly id: Scalars['ID']['output']; };

export type EnforcementCaseReference = { readonly __typename: 'EnforcementCase'; readonly id: Scalars['ID']['output']; };

export type ModuleResolvers = Resolvers & RequiredResolvers<Resolvers, Mappers> & {
  Query: Required<QueryResolvers>;
  ReportFigure: { __resolveReference: Resolver<Maybe<ResolversTypes['ReportFigure']>, ReportFigureReference, Context<MunicipalLoaders>> };
  Division: { __resolveReference: Resolver<Maybe<ResolversTypes['Division']>, DivisionReference, Context<MunicipalLoaders>> };
  Case: { __resolveReference: Resolver<Maybe<ResolversTypes['Case']>, CaseReference, Context<MunicipalLoaders>> };
  GridCell: { __resolveReference: Resolver<Maybe<ResolversTypes['GridCell']>, GridCellReference, Context<MunicipalLoaders>> };
  Component: { __resolveReference: Resolver<Maybe<ResolversTypes['Component']>, ComponentReference, Context<MunicipalLoaders>> };
  Facility: { __resolveReference: Resolver<Maybe<ResolversTypes['Facility']>, FacilityReference, Context<MunicipalLoaders>> };
  MonitoringPoint: { __resolveReference: Resolver<Maybe<ResolversTypes['MonitoringPoint']>, MonitoringPointReference, Context<MunicipalLoaders>> };
  Alarm: { __resolveReference: Resolver<Maybe<ResolversTypes['Alarm']>, AlarmReference, Context<MunicipalLoaders>> };
  EnforcementCase: { __resolveReference: Resolver<Maybe<ResolversTypes['EnforcementCase']>, EnforcementCaseReference, Context<MunicipalLoaders>> };
};
