/** Types of the graph as an application with an API key sees it. */
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Administrative division: 100000 (the country), six digits to the county, nine for a street, twelve for a community; the short forms 42 and 4201 are accepted as input. GB/T 2260, GB/T 10114. */
  DivisionCode: { input: string; output: string; }
  /** Unified social credit code of an organisation: eighteen characters, of which 3 to 8 name the division that registered it (not the one that it serves), 9 to 17 are its organisation code and the last is a check character. GB 32100-2015. */
  CreditCode: { input: string; output: string; }
  /** Class: a kind digit (1 component, 2 event, 4 hotline), a major of two digits, a minor of two; leaves of the hotline have two more, e.g. 10101, 4010101. GB/T 30428.2. */
  CategoryCode: { input: string; output: string; }
  /** Day of the calendar, YYYY-MM-DD, in the zone +08:00, e.g. 2026-11-21. GB/T 7408.1-2023 (ISO 8601). */
  Date: { input: string; output: string; }
  /** Instant with its offset from UTC, e.g. 2026-11-21T08:00:00+08:00; any offset is accepted as input, +08:00 is given as output. GB/T 7408.1-2023 (ISO 8601). */
  DateTime: { input: string; output: string; }
  /** Period in the zone +08:00: 2026, 2026Q3, 2026-10, or 2026-10-01/2026-11-01 with the end excluded. */
  Period: { input: string; output: string; }
  /** Longitude in decimal degrees east, from 73 to 136, in the datum CGCS2000 (EPSG:4490). */
  Longitude: { input: number; output: number; }
  /** Latitude in decimal degrees north, from 3 to 54, in the datum CGCS2000 (EPSG:4490). */
  Latitude: { input: number; output: number; }
};

export type Query = {
  /** Departments that the governments of an area run, by code. */
  readonly departments: ReadonlyArray<Department>;
  /** One department, by its code; null for a code that the organisation directory does not know. */
  readonly department?: Maybe<Department>;
  /** The responsibilities of departments (责任清单), by id. */
  readonly responsibilities: ReadonlyArray<Duty>;
  /** Who the caller is, as the network sees it. */
  readonly me: Me;
  /** The catalogue of data sets (政务信息资源目录), in the order of their ids. */
  readonly catalogue: CatalogueConnection;
  /**
   * The organisation directory (组织机构): every organisation of the network with its code, in the order of codes; those that no
   * longer exist are kept, with their successors.
   */
  readonly organisations: OrganisationConnection;
  /** Counts and the three rates of hotline requests; one group for everything when `groupBy` is empty. The public sees a month, a quarter or a year, of months that are over, groups of ten and more, and tens. */
  readonly requestStatistics: ReadonlyArray<RequestStatistics>;
  /** The topics that cities work off in a month (每月一题), by id; `rank` tells which has the most requests. */
  readonly monthlyTopics: ReadonlyArray<MonthlyTopic>;
  /** Counts and rates of cases (GB/T 30428.4); one group for everything when `groupBy` is empty. The public sees a month, a quarter or a year, of months that are over, groups of ten and more, and tens. */
  readonly caseStatistics: ReadonlyArray<CaseStatistics>;
  /** Public facilities; by id, or by distance where `near` is given. */
  readonly facilities: FacilityConnection;
  /** Property companies with their credit grade, by code. */
  readonly propertyCompanies: PropertyCompanyConnection;
  /**
   * One administrative division (行政区划), or null for a code that the standard does not know. Codes of the past are known:
   * `validTo` says when they ended, `successors` who took them over.
   */
  readonly division?: Maybe<Division>;
  /**
   * Divisions in the order of their codes, the one of `within` included. Nominal second-level rows (市辖区, 省直辖县级) are
   * levels without a government, and codes no longer in force are history: both are left out, unless `search` is their code.
   */
  readonly divisions: DivisionConnection;
  /** The city clusters (城市群) of the standard. Their members are what `withinAny` of other fields takes. */
  readonly cityClusters: ReadonlyArray<CityCluster>;
  /** One class of the standard's tables, or null for a code that they do not hold. */
  readonly category?: Maybe<Category>;
  /** All classes of the standard's tables, in the order of their codes. */
  readonly categories: ReadonlyArray<Category>;
  /** The data standard that the network follows and its parts, each with its version; the standard itself comes first. */
  readonly standards: ReadonlyArray<Standard>;
  /** Laws, regulations and national standards that the platforms' work rests on, newest first. */
  readonly regulations: ReadonlyArray<Regulation>;
  /** The schemes by which areas, departments, posts and hotline units are evaluated (综合评价, GB/T 30428.4). */
  readonly evaluationSchemes: ReadonlyArray<EvaluationScheme>;
  /**
   * Evaluations (综合评价) of the divisions in reach, and of the departments and hotline units in them, month by month, in the order
   * of scheme, division, department and month. Published ones are open to everybody; others are seen by supervisors alone.
   * Divisions that no platform answers for have no rows, and no evaluation.
   */
  readonly evaluations: ReadonlyArray<Evaluation>;
};


export type QueryDepartmentsArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  withinAny?: InputMaybe<ReadonlyArray<Scalars['DivisionCode']['input']>>;
};


export type QueryDepartmentArgs = {
  code: Scalars['CreditCode']['input'];
};


export type QueryResponsibilitiesArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  withinAny?: InputMaybe<ReadonlyArray<Scalars['DivisionCode']['input']>>;
  department?: InputMaybe<Scalars['CreditCode']['input']>;
};


export type QueryCatalogueArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrganisationsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  serving?: InputMaybe<Scalars['DivisionCode']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryRequestStatisticsArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryMonthlyTopicsArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  month: Scalars['Period']['input'];
};


export type QueryCaseStatisticsArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryFacilitiesArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  withinAny?: InputMaybe<ReadonlyArray<Scalars['DivisionCode']['input']>>;
  kind?: InputMaybe<FacilityKind>;
  near?: InputMaybe<NearInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPropertyCompaniesArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  withinAny?: InputMaybe<ReadonlyArray<Scalars['DivisionCode']['input']>>;
  grade?: InputMaybe<Scalars['String']['input']>;
  list?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryDivisionArgs = {
  code: Scalars['DivisionCode']['input'];
  on?: InputMaybe<Scalars['Date']['input']>;
};


export type QueryDivisionsArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  level?: InputMaybe<DivisionLevel>;
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCategoryArgs = {
  code: Scalars['CategoryCode']['input'];
};


export type QueryCategoriesArgs = {
  kind?: InputMaybe<CategoryKind>;
};


export type QueryRegulationsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
};


export type QueryEvaluationsArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  withinAny?: InputMaybe<ReadonlyArray<Scalars['DivisionCode']['input']>>;
  period: Scalars['Period']['input'];
  scheme?: InputMaybe<Scalars['ID']['input']>;
  department?: InputMaybe<Scalars['CreditCode']['input']>;
};

/**
 * A department of government, or an organisation that serves for it, with its three lists. Every tier has its own; the platform of
 * the division that runs it holds its row.
 */
export type Department = {
  /**
   * Unified social credit code (GB 32100). It is opaque: the digits inside name the authority that registered the department, not
   * the area that it serves.
   */
  readonly code: Scalars['CreditCode']['output'];
  /** full name; two departments may bear the same */
  readonly name: Scalars['String']['output'];
  /** the division whose government runs it */
  readonly division: Division;
  /** the divisions that it serves, at least one */
  readonly serves: ReadonlyArray<Division>;
  /** tier of the government that runs it */
  readonly tier: Tier;
  /** first day on which it existed; null if the platform does not know it */
  readonly validFrom?: Maybe<Scalars['Date']['output']>;
  /** first day on which it no longer existed; null while it does */
  readonly validTo?: Maybe<Scalars['Date']['output']>;
  /** 任务清单: what it is to do; the public sees what is published */
  readonly tasks: ReadonlyArray<Duty>;
  /** 责任清单: what it answers for; the public sees what is published */
  readonly responsibilities: ReadonlyArray<Duty>;
  /** 权力清单: what it may decide; the public sees what is published */
  readonly powers: ReadonlyArray<Duty>;
  /** The department that leads it; null for one directly below its government. */
  readonly parent?: Maybe<Department>;
  /** The department that took over its duties; null while it exists. */
  readonly successor?: Maybe<Department>;
};

/** An entry in one of a department's three lists, public by law once it is published (权责清单). */
export type Duty = {
  /** division, DU and a serial number */
  readonly id: Scalars['ID']['output'];
  /** which of the three lists */
  readonly kind: DutyKind;
  /** what is to be done, answered for, or may be decided */
  readonly title: Scalars['String']['output'];
  /** class of components, events or the hotline that it is about */
  readonly category?: Maybe<Category>;
  /** the law, regulation or document that gives it */
  readonly basis?: Maybe<Scalars['String']['output']>;
  /** true when the entry is published */
  readonly published: Scalars['Boolean']['output'];
};

/** A class of managed components, of events or of hotline requests (GB/T 30428.2; local extensions counted down from 99). */
export type Category = {
  /** Full code: one digit for the type, two for the major and two for the minor class; hotline leaves have two more. */
  readonly code: Scalars['CategoryCode']['output'];
  /** The table that the class belongs to. */
  readonly kind: CategoryKind;
  /** Chinese name, e.g. 上水井盖. The same name may stand in two classes. */
  readonly name: Scalars['String']['output'];
  /** True for a class that a city added to the national list. */
  readonly local: Scalars['Boolean']['output'];
  /** The major class (大类) that it belongs to; null for a major class. */
  readonly major?: Maybe<Category>;
  /** The class directly above: the major class, but for leaves of the hotline's tree; null at the top. */
  readonly parent?: Maybe<Category>;
  /** The classes directly below, in the order of their codes. */
  readonly children: ReadonlyArray<Category>;
  /** The conditions (立案条件) under which a case of this class is filed, each with its limit; empty above the lowest level. */
  readonly conditions: ReadonlyArray<FilingCondition>;
  /**
   * What the other side calls it: the classes of components and events that a leaf of the hotline's tree is about, and the
   * leaves that are about a component or an event, in the order of their codes. They join hotline and grid; no law does.
   */
  readonly counterparts: ReadonlyArray<Category>;
};

/** An administrative division, with the platform that answers for it. */
export type Division = {
  /** Canonical code. */
  readonly code: Scalars['DivisionCode']['output'];
  /** Counts and the three rates of the hotline requests in this division and below it. */
  readonly requestStatistics: ReadonlyArray<RequestStatistics>;
  /** Counts and rates of the cases in this division and below it. */
  readonly caseStatistics: ReadonlyArray<CaseStatistics>;
  /** Chinese name, e.g. 武昌区. A nominal second level of a municipality bears the municipality's name. Names are no keys. */
  readonly name: Scalars['String']['output'];
  /** The names from the province down to this division in one, e.g. 湖北省武汉市武昌区. */
  readonly fullName: Scalars['String']['output'];
  /** Level of the division in the hierarchy. */
  readonly level: DivisionLevel;
  /** True for a level without a government of its own (市辖区, 省直辖县级行政区划): it has rows below it, but no platform. */
  readonly nominal: Scalars['Boolean']['output'];
  /** First day on which the code was in force; null where the source names none. */
  readonly validFrom?: Maybe<Scalars['Date']['output']>;
  /** First day on which the code was no longer in force; null while it is. */
  readonly validTo?: Maybe<Scalars['Date']['output']>;
  /** The divisions that took over one whose code is no longer in force, on the day on which it ended; empty while it is. */
  readonly successors: ReadonlyArray<Division>;
  /** The divisions of which it took over all or a part, in the order of their codes; each with its name of its last day. */
  readonly predecessors: ReadonlyArray<Division>;
  /** The changes in which this code stands, oldest first; empty if the standard knows of none. */
  readonly events: ReadonlyArray<DivisionEvent>;
  /** The division above that has a government: nominal levels are passed over. Null for the country. */
  readonly parent?: Maybe<Division>;
  /** The divisions directly below, in the order of their codes. Nominal levels are passed over: the children of 110000 are its districts. */
  readonly children: DivisionConnection;
  /** Evaluations of exactly this division as an area, not of its departments, in the order of scheme and month. */
  readonly evaluations: ReadonlyArray<Evaluation>;
};


/** An administrative division, with the platform that answers for it. */
export type DivisionRequestStatisticsArgs = {
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};


/** An administrative division, with the platform that answers for it. */
export type DivisionCaseStatisticsArgs = {
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};


/** An administrative division, with the platform that answers for it. */
export type DivisionChildrenArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** An administrative division, with the platform that answers for it. */
export type DivisionEvaluationsArgs = {
  period: Scalars['Period']['input'];
  scheme?: InputMaybe<Scalars['ID']['input']>;
};

/** The caller. */
export type Me = {
  /** The subject that the identity provider or the API key names. */
  readonly subject: Scalars['String']['output'];
  /** Tier of the caller; PUBLIC for open access. */
  readonly tier: Tier;
  /** The caller's jurisdiction; null for open access, which has none. */
  readonly division?: Maybe<Division>;
  /** The caller's department; null for a person or an application without one. */
  readonly department?: Maybe<Department>;
  /** Roles of the caller. */
  readonly roles: ReadonlyArray<Scalars['String']['output']>;
  /** The view of the graph that the caller has: open, department, supervisor or auditor. */
  readonly audience: Scalars['String']['output'];
};

/** A page of the catalogue. */
export type CatalogueConnection = {
  /** The data sets of this page, each with its cursor. */
  readonly edges: ReadonlyArray<CatalogueEdge>;
  /** The data sets of this page. */
  readonly nodes: ReadonlyArray<CatalogueEntry>;
  /** Whether and where the list goes on. */
  readonly pageInfo: PageInfo;
  /** How many data sets the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A page of the organisation directory. */
export type OrganisationConnection = {
  /** The organisations of this page, each with its cursor. */
  readonly edges: ReadonlyArray<OrganisationEdge>;
  /** The organisations of this page. */
  readonly nodes: ReadonlyArray<Organisation>;
  /** Whether and where the list goes on. */
  readonly pageInfo: PageInfo;
  /** How many organisations the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A data set and its place in the list. */
export type CatalogueEdge = {
  /** The data set. */
  readonly node: CatalogueEntry;
  /** Its place, for `after`. */
  readonly cursor: Scalars['String']['output'];
};

/** A data set of the catalogue (目录条目). */
export type CatalogueEntry = {
  /** Identifier: the subgraph and the type, e.g. `municipal/Facility`. */
  readonly id: Scalars['ID']['output'];
  /** Title, at most 50 characters. */
  readonly title: Scalars['String']['output'];
  /** Abstract, at most 256 characters. */
  readonly summary: Scalars['String']['output'];
  /** The providing department (提供部门). */
  readonly provider: Department;
  /** UNCONDITIONAL 无条件, CONDITIONAL 有条件 or NOT_SHARED 不予共享: the most liberal class of its fields. */
  readonly sharing: Scalars['String']['output'];
  /** The fields, in the order of the schema. */
  readonly fields: ReadonlyArray<CatalogueField>;
  /** REALTIME, DAILY, WEEKLY, TEN_DAYS, MONTHLY, QUARTERLY or YEARLY. */
  readonly updateFrequency: Scalars['String']['output'];
};

/** Whether and where a list goes on. */
export type PageInfo = {
  /** true if there are more rows behind this page */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** the cursor of the last row, for `after`; null for an empty page */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** An organisation and its place in the list. */
export type OrganisationEdge = {
  /** The organisation. */
  readonly node: Organisation;
  /** Its place, for `after`. */
  readonly cursor: Scalars['String']['output'];
};

/**
 * An organisation as the directory knows it (组织机构). Its code is opaque: the digits inside name the authority that registered it.
 * The directory says where it belongs, by which everything about it is found.
 */
export type Organisation = {
  /** Unified social credit code (GB 32100). */
  readonly code: Scalars['CreditCode']['output'];
  /** Full name; two organisations may bear the same. */
  readonly name: Scalars['String']['output'];
  /** The division whose government runs it. */
  readonly division: Division;
  /** The divisions that it serves, at least one. */
  readonly serves: ReadonlyArray<Division>;
  /** Tier of the government that runs it. */
  readonly tier: Tier;
  /** The organisation that leads it; null for one directly below its government. */
  readonly parent?: Maybe<Department>;
  /** First day on which it existed; null if that is not known. */
  readonly validFrom?: Maybe<Scalars['Date']['output']>;
  /** First day on which it no longer existed; null while it does. */
  readonly validTo?: Maybe<Scalars['Date']['output']>;
  /** The organisation that took over its duties; null while it exists. */
  readonly successor?: Maybe<Department>;
  /** Its row on the platform of its division, with its lists of duties. */
  readonly department: Department;
};

/** A field of a data set. Sharing is a property of the field. */
export type CatalogueField = {
  /** Type and field in the graph, e.g. `Facility.kind`. */
  readonly coordinate: Scalars['String']['output'];
  /** Data class of the standard: OPEN, SHARED, INTERNAL or SENSITIVE. */
  readonly dataClass: Scalars['String']['output'];
  /** UNCONDITIONAL, CONDITIONAL or NOT_SHARED. */
  readonly sharing: Scalars['String']['output'];
  /** 无条件 for unconditional sharing; else the condition, or the legal basis for not sharing. */
  readonly condition?: Maybe<Scalars['String']['output']>;
};

/** One group of request statistics. */
export type RequestStatistics = {
  /** what the group stands for */
  readonly key: StatisticsKey;
  /** counts of requests in the period */
  readonly counts: RequestCounts;
  /** the three rates of the period */
  readonly rates: RequestRates;
};

/** A topic that a city works off in a month (每月一题). */
export type MonthlyTopic = {
  /** city, T and a serial number */
  readonly id: Scalars['ID']['output'];
  /** what it is about */
  readonly title: Scalars['String']['output'];
  /** the month, e.g. 2026-10 */
  readonly month: Scalars['Period']['output'];
  /** hotline class that names it */
  readonly category: Category;
  /** the city that works it off */
  readonly division: Division;
  /** the department that leads */
  readonly lead?: Maybe<Department>;
  /** requests of its classes received in the month */
  readonly requests: Scalars['Int']['output'];
  /** place by requests, from 1; equal counts share a place */
  readonly rank: Scalars['Int']['output'];
};

/** What a group of statistics stands for; null for a dimension that was not asked for. */
export type StatisticsKey = {
  /** the finest place that was asked for */
  readonly division?: Maybe<Division>;
  /** class of components, events or requests */
  readonly category?: Maybe<Category>;
  /** how the cases came in */
  readonly source?: Maybe<CaseSource>;
  /** handling department */
  readonly department?: Maybe<Department>;
  /** calendar month, e.g. 2026-10 */
  readonly month?: Maybe<Scalars['Period']['output']>;
  /** by today's map, true for rows of a former code that several divisions took over, or of a day before the division gave a part away: `division` is that of their day, as no table says where they lie today */
  readonly unattributed?: Maybe<Scalars['Boolean']['output']>;
};

/** Counts of requests, each by the instant of its own fact in the period. The period ends at the present at the latest. */
export type RequestCounts = {
  /** received in the period */
  readonly received: Scalars['Int']['output'];
  /** last dispatched in the period */
  readonly dispatched: Scalars['Int']['output'];
  /** last dispatched in the period after having been sent back at least once */
  readonly returned: Scalars['Int']['output'];
  /** signed for by the unit in the period */
  readonly signed: Scalars['Int']['output'];
  /** of those `signed`, the ones signed for within the sign clock */
  readonly signedOnTime: Scalars['Int']['output'];
  /** 应办结数: answered in the period by a unit, or fallen due in it and neither answered nor closed before its end */
  readonly due: Scalars['Int']['output'];
  /** answered in the period */
  readonly answered: Scalars['Int']['output'];
  /** of those `answered`, the ones that a unit answered no later than the deadline */
  readonly answeredOnTime: Scalars['Int']['output'];
  /** of those `answered`, the ones that the operator answered without an order */
  readonly answeredAtOnce: Scalars['Int']['output'];
  /** given back to the unit in the period after an unsatisfactory callback (二次办理) */
  readonly secondHandled: Scalars['Int']['output'];
  /** at the end of the period neither answered nor closed, and past the deadline */
  readonly overdue: Scalars['Int']['output'];
  /** called back in the period, with a valid judgement, and not left out of the rates */
  readonly validCallbacks: Scalars['Int']['output'];
  /** of the valid callbacks, contacted by the department */
  readonly responded: Scalars['Int']['output'];
  /** of the valid callbacks, resolved */
  readonly resolved: Scalars['Int']['output'];
  /** of the valid callbacks, satisfied or very satisfied */
  readonly satisfied: Scalars['Int']['output'];
  /** of the valid callbacks, very satisfied */
  readonly verySatisfied: Scalars['Int']['output'];
  /** of the valid callbacks, basically satisfied */
  readonly basicallySatisfied: Scalars['Int']['output'];
  /** of the valid callbacks, dissatisfied */
  readonly dissatisfied: Scalars['Int']['output'];
};

/** The three rates (三率) over valid callbacks, and the rates of the clocks. */
export type RequestRates = {
  /** 响应率: responded / validCallbacks */
  readonly response: Rate;
  /** 解决率: resolved / validCallbacks */
  readonly resolution: Rate;
  /** 满意率: (satisfied + 0.9 · basicallySatisfied) / validCallbacks; both parts are given in tenths, so that they stay whole numbers */
  readonly satisfaction: Rate;
  /** 按期办结率: answeredOnTime / due */
  readonly answerOnTime: Rate;
  /** 按时签收率: signedOnTime / signed */
  readonly signOnTime: Rate;
};

/** A rate (比率) with both of its parts, so that it can be merged: averages are never averaged. */
export type Rate = {
  /** 分子 */
  readonly numerator: Scalars['Int']['output'];
  /** 分母 */
  readonly denominator: Scalars['Int']['output'];
  /** numerator / denominator; null if the denominator is 0 */
  readonly value?: Maybe<Scalars['Float']['output']>;
};

/** A public facility, open data. */
export type Facility = {
  /** division, F and a serial number */
  readonly id: Scalars['ID']['output'];
  /** what sort of facility */
  readonly kind: FacilityKind;
  /** name as on the sign */
  readonly name: Scalars['String']['output'];
  /** the community or street in which it stands */
  readonly division: Division;
  /** where, in words */
  readonly address?: Maybe<Scalars['String']['output']>;
  /** degrees east, CGCS2000 */
  readonly longitude: Scalars['Longitude']['output'];
  /** degrees north, CGCS2000 */
  readonly latitude: Scalars['Latitude']['output'];
  /** metres from the place asked for, on a sphere of 6,371,008.8 m; null without `near` */
  readonly distanceMetres?: Maybe<Scalars['Float']['output']>;
  /** opening hours in OpenStreetMap's form, e.g. Mo-Su 06:00-22:00 */
  readonly openingHours?: Maybe<Scalars['String']['output']>;
  /** places in all: stalls, parking lots, chargers */
  readonly capacity?: Maybe<Scalars['Int']['output']>;
  /** places free at last report */
  readonly available?: Maybe<Scalars['Int']['output']>;
  /** usable by wheelchair */
  readonly barrierFree?: Maybe<Scalars['Boolean']['output']>;
  /** the department that runs it */
  readonly operator?: Maybe<Department>;
};

/** One group of case statistics. */
export type CaseStatistics = {
  /** what the group stands for */
  readonly key: StatisticsKey;
  /** counts of cases in the period */
  readonly counts: CaseCounts;
  /** rates of the period */
  readonly rates: CaseRates;
};

/** A page of facilities. */
export type FacilityConnection = {
  /** the facilities, each with its cursor */
  readonly edges: ReadonlyArray<FacilityEdge>;
  /** the facilities */
  readonly nodes: ReadonlyArray<Facility>;
  /** whether and where it goes on */
  readonly pageInfo: PageInfo;
  /** how many there are on all pages */
  readonly totalCount: Scalars['Int']['output'];
};

/** A page of property companies. */
export type PropertyCompanyConnection = {
  /** the companies, each with its cursor */
  readonly edges: ReadonlyArray<PropertyCompanyEdge>;
  /** the companies */
  readonly nodes: ReadonlyArray<PropertyCompany>;
  /** whether and where it goes on */
  readonly pageInfo: PageInfo;
  /** how many there are on all pages */
  readonly totalCount: Scalars['Int']['output'];
};

/**
 * Counts of cases, each by the instant of its own fact in the period (GB/T 30428.4). The period ends at the present at the
 * latest. What each counts, and what about it is uncertain, is data of the standard (`metrics`). Grouped by OFFICER, POST or
 * HOUR, a count is in the group of the step that it counts; what no step did, such as `open`, is in the group without one.
 */
export type CaseCounts = {
  /** reported in the period */
  readonly reported: Scalars['Int']['output'];
  /** filed in the period */
  readonly filed: Scalars['Int']['output'];
  /** filed in the period, within the accept clock */
  readonly filedOnTime: Scalars['Int']['output'];
  /** handled in the period */
  readonly handled: Scalars['Int']['output'];
  /** handled in the period, or fallen due for handling in it and not handled before its end */
  readonly handleDue: Scalars['Int']['output'];
  /** 应结案数: closed in the period, or fallen due in it and neither closed nor voided before its end; without a granted appeal */
  readonly due: Scalars['Int']['output'];
  /** closed in the period; without the cases that were granted an appeal against being overdue */
  readonly closed: Scalars['Int']['output'];
  /** of those `closed`, the ones closed no later than the deadline */
  readonly closedOnTime: Scalars['Int']['output'];
  /** of those `due`, the ones whose result was sent back at least once */
  readonly reworked: Scalars['Int']['output'];
  /** of those `due`, the ones that a department sent back at least once */
  readonly returned: Scalars['Int']['output'];
  /** voided in the period */
  readonly voided: Scalars['Int']['output'];
  /** reported before the end of the period and neither closed nor voided before it; with MONTH, at the end of each month */
  readonly open: Scalars['Int']['output'];
  /** of those `open`, the ones whose deadline lies before the end of the period; without a granted appeal, which may come later */
  readonly overdue: Scalars['Int']['output'];
};

/** Rates of cases; value is null where nothing fell due. */
export type CaseRates = {
  /** 处置率: handled / handleDue */
  readonly handling: Rate;
  /** 结案率: closed / due */
  readonly closing: Rate;
  /** 按期结案率: closedOnTime / due */
  readonly closingOnTime: Rate;
  /** 按时立案率: filedOnTime / filed */
  readonly filingOnTime: Rate;
  /** 返工率: reworked / due */
  readonly rework: Rate;
};

/** A facility in a page. */
export type FacilityEdge = {
  /** the facility */
  readonly node: Facility;
  /** its place in the order, for `after` */
  readonly cursor: Scalars['String']['output'];
};

/** A property company in a page. */
export type PropertyCompanyEdge = {
  /** the company */
  readonly node: PropertyCompany;
  /** its place in the order, for `after` */
  readonly cursor: Scalars['String']['output'];
};

/** A property company with its credit grade (red and black list). */
export type PropertyCompany = {
  /** unified social credit code (GB 32100) */
  readonly code: Scalars['CreditCode']['output'];
  /** name of the company */
  readonly name: Scalars['String']['output'];
  /** the county that rates it */
  readonly division: Division;
  /** A, B, C, D or E */
  readonly grade: Scalars['String']['output'];
  /** 0 to 100 */
  readonly score: Scalars['Float']['output'];
  /** RED (to be followed) or BLACK (to be shunned); null when on neither */
  readonly list?: Maybe<Scalars['String']['output']>;
  /** why it is on the list */
  readonly listReason?: Maybe<Scalars['String']['output']>;
  /** the communities that it serves there */
  readonly communities: ReadonlyArray<Division>;
  /** the day of the rating */
  readonly ratedOn: Scalars['Date']['output'];
};

/** A page of divisions. */
export type DivisionConnection = {
  /** The divisions of this page, each with its cursor. */
  readonly edges: ReadonlyArray<DivisionEdge>;
  /** The divisions of this page. */
  readonly nodes: ReadonlyArray<Division>;
  /** Whether and where the list goes on. */
  readonly pageInfo: PageInfo;
  /** How many divisions the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A city cluster (城市群, 都市圈): divisions that plan together though no government stands over them all. */
export type CityCluster = {
  /** Short stable identifier. */
  readonly id: Scalars['ID']['output'];
  /** Chinese name, e.g. 武汉城市圈. */
  readonly name: Scalars['String']['output'];
  /** Its members, in the order of their codes: provinces, cities, and counties directly under a province. */
  readonly members: ReadonlyArray<Division>;
  /** The plan that names the members. */
  readonly source: Scalars['String']['output'];
  /** `sure` where the plan was read; `memory` where it was not. */
  readonly certainty: Scalars['String']['output'];
  /** What is to be known of it. */
  readonly note?: Maybe<Scalars['String']['output']>;
};

/** The data standard of the network, or a part of it. The national standards it rests on are among the `regulations`. */
export type Standard = {
  /** Short stable identifier: `yiwang` for the data standard as a whole, else the name of its part, e.g. `divisions`. */
  readonly id: Scalars['ID']['output'];
  /** Its title. */
  readonly name: Scalars['String']['output'];
  /** Version or year in use. */
  readonly version: Scalars['String']['output'];
  /** First day of its use. */
  readonly effectiveFrom: Scalars['Date']['output'];
  /** First day on which it is no longer used; null while it is. */
  readonly effectiveTo?: Maybe<Scalars['Date']['output']>;
};

/** A law, a regulation or a national standard. */
export type Regulation = {
  /** Short stable identifier. */
  readonly id: Scalars['ID']['output'];
  /** Full title. */
  readonly title: Scalars['String']['output'];
  /** Official number, e.g. 国务院令第809号 or GB/T 30428.2; null where it has none. */
  readonly number?: Maybe<Scalars['String']['output']>;
  /** LAW, REGULATION, LOCAL_REGULATION or STANDARD. */
  readonly kind: Scalars['String']['output'];
  /** The body that issued it. */
  readonly issuer: Scalars['String']['output'];
  /** Day of issue. */
  readonly issuedOn?: Maybe<Scalars['Date']['output']>;
  /** First day in force. */
  readonly effectiveFrom?: Maybe<Scalars['Date']['output']>;
  /** Whether it is in force; null if that was not confirmed. */
  readonly status?: Maybe<RegulationStatus>;
  /** The regulation that replaced it; null while it is in force. */
  readonly successor?: Maybe<Regulation>;
  /** What it demands of the platforms, in a sentence or two. */
  readonly summary?: Maybe<Scalars['String']['output']>;
};

/** A scheme of evaluation (综合评价): which indicators make a score, and with which weights. */
export type EvaluationScheme = {
  /** Identifier, as taken by `evaluations(scheme:)`. */
  readonly id: Scalars['ID']['output'];
  /** Chinese name. */
  readonly name: Scalars['String']['output'];
  /** What is evaluated: AREA, DEPARTMENT, UNIT, or a post such as COLLECTOR or DISPATCHER. */
  readonly object: Scalars['String']['output'];
  /** Chinese name of what is evaluated, e.g. 专业部门. */
  readonly objectName: Scalars['String']['output'];
  /** The indicators that make the score. */
  readonly indicators: ReadonlyArray<SchemeIndicator>;
};

/** A change of divisions, with names of the day. */
export type DivisionEvent = {
  /** What happened. */
  readonly kind: DivisionEventKind;
  /** First day in force, as exactly as `precision` says. */
  readonly on: Scalars['Date']['output'];
  /** How exactly the day is known. */
  readonly precision: DatePrecision;
  /** The divisions before, as they were on the day before. One that is in `to` as well goes on under its code. */
  readonly from: ReadonlyArray<Division>;
  /** The divisions after, as they were on that day. */
  readonly to: ReadonlyArray<Division>;
  /** The table, approval or announcement that says so. */
  readonly basis: Scalars['String']['output'];
  /** `sure` where the source was read; `memory` where it was not. */
  readonly certainty: Scalars['String']['output'];
  /** What is to be known of it. */
  readonly note?: Maybe<Scalars['String']['output']>;
};

/** A filing condition (立案条件). The handling limit belongs to the condition, not to the class. */
export type FilingCondition = {
  /** The class's code and the number of the condition within it. */
  readonly id: Scalars['ID']['output'];
  /** What is found on the spot. */
  readonly description: Scalars['String']['output'];
  /** The time within which it is to be handled. */
  readonly limit: TimeLimit;
};

/** A division and its place in the list. */
export type DivisionEdge = {
  /** The division. */
  readonly node: Division;
  /** Its place, for `after`. */
  readonly cursor: Scalars['String']['output'];
};

/** One indicator (指标) of a scheme. */
export type SchemeIndicator = {
  /** Key of the metric, or a sum of metrics, that the indicator is worked out from. */
  readonly term: Scalars['String']['output'];
  /** How the value of the term, `x`, becomes points of 100. */
  readonly score: Scalars['String']['output'];
  /** Its weight in the whole score, in percent. */
  readonly weightPercent: Scalars['Float']['output'];
  /** `sure` where the source was read; `open` where sources differ or are silent. */
  readonly certainty: Scalars['String']['output'];
  /** What is to be known of it. */
  readonly note?: Maybe<Scalars['String']['output']>;
};

/** A handling limit (处置时限). */
export type TimeLimit = {
  /** How many units, more than 0. */
  readonly amount: Scalars['Float']['output'];
  /** The clock that counts them. */
  readonly unit: TimeUnit;
};

/**
 * What a division, or a department or hotline unit in it, scored in one month under one scheme (综合评价, GB/T 30428.4; grades of
 * the standard's evaluation profile): worked out from the counts of its rows.
 */
export type Evaluation = {
  /**
   * The division and the month, and the department or hotline unit if one is evaluated; the other parts of the key are null. The
   * scheme is one for areas if there is no department, else one for departments or units.
   */
  readonly key: StatisticsKey;
  /** Identifier of the scheme, see `evaluationSchemes`. */
  readonly scheme: Scalars['ID']['output'];
  /** The division that evaluated: the country for the ministry, a province. */
  readonly evaluator: Division;
  /**
   * Weighted sum of the parts, in points of 100, two decimals. The weight of an indicator that nothing was counted for goes to the
   * others.
   */
  readonly score: Scalars['Float']['output'];
  /** A from 90, B from 75, C from 60, D from 40, else E. */
  readonly grade: Scalars['String']['output'];
  /**
   * Place among those that the same evaluator scored by the same scheme in the same month, divisions among those of their level,
   * departments among those of their division; from 1, equal scores share a place.
   */
  readonly rank?: Maybe<Scalars['Int']['output']>;
  /** When it was made public (公示); null before. Until then supervisors alone see it. */
  readonly publishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** True from `publishedAt` on. */
  readonly published: Scalars['Boolean']['output'];
  /** The indicators that the score is made of, in the order of the scheme; those that nothing was counted for are left out. */
  readonly parts: ReadonlyArray<EvaluationPart>;
};

/** One indicator of an evaluation. */
export type EvaluationPart = {
  /** Key of the metric, e.g. `closeRate`. */
  readonly indicator: Scalars['String']['output'];
  /** Chinese name of the indicator, e.g. 结案率. */
  readonly name: Scalars['String']['output'];
  /** Points given, from 0 to `fullScore`. The public sees whole points. */
  readonly score: Scalars['Float']['output'];
  /** Points that can be had: the indicator's weight in percent. */
  readonly fullScore: Scalars['Float']['output'];
  /**
   * The rate that the points were worked out from; null for an indicator that is no rate. The public sees both parts in tens, and
   * null if fewer than ten rows were counted, as in open statistics.
   */
  readonly rate?: Maybe<Rate>;
};

/** The three lists of a department. */
export type DutyKind =
  /** 任务清单: task */
  | 'TASK'
  /** 责任清单: responsibility */
  | 'RESPONSIBILITY'
  /** 权力清单: power */
  | 'POWER';

/** Ranks of platforms and of callers (CJJ/T 312-2021). */
export type Tier =
  /** 国家级: the ministry */
  | 'NATIONAL'
  /** 省级: a province */
  | 'PROVINCIAL'
  /** 市级: a city */
  | 'MUNICIPAL'
  /** 区县级: a district or county */
  | 'DISTRICT'
  /** 街道级: a street or township */
  | 'STREET'
  /** 社会公众: nobody of government; a caller alone */
  | 'PUBLIC';

/**
 * What statistics are grouped by. Of the dimensions of place the finest one named makes `key.division`; rows that lie above
 * that level are a group of their own with no division, so that sums stay whole.
 */
export type CaseDimension =
  /** province, autonomous region or municipality (GB/T 2260, 2 digits) */
  | 'PROVINCE'
  /** prefecture-level city (4 digits); a municipality counts as one city, a county directly under a province as itself */
  | 'CITY'
  /** district or county (6 digits) */
  | 'COUNTY'
  /** street or township (GB/T 10114, 9 digits) */
  | 'STREET'
  /** community or village (12 digits) */
  | 'COMMUNITY'
  /** class as it stands on the row: a minor class of GB/T 30428.2, or a leaf of the hotline's tree */
  | 'CATEGORY'
  /** major class: the first three digits of the class; with CATEGORY the finer one counts */
  | 'MAJOR_CATEGORY'
  /** how the case came in; requests have no source */
  | 'SOURCE'
  /** handling department of the case, or present handler of the request */
  | 'DEPARTMENT'
  /** calendar month at +08:00 in which the counted fact lies */
  | 'MONTH';

/** By which map statistics place rows: divisions merge, are divided and get new codes, and rows keep the code of their day. */
export type DivisionMap =
  /** each row under the code that it has; a former county is a group of its own */
  | 'OF_THE_DAY'
  /** each row under the division that took its code over; what cannot be told is in groups of its own, see `key.unattributed` */
  | 'TODAY';

/** The direction of an order. */
export type Direction =
  /** 升序: the smallest or earliest first */
  | 'ASC'
  /** 降序: the greatest or latest first */
  | 'DESC';

/** How a case came in (GB/T 30428.8). */
export type CaseSource =
  /** 巡查上报: a collector found it */
  | 'PATROL'
  /** 热线转办: made from a request to 12345 */
  | 'HOTLINE'
  /** 公众举报: somebody reported it */
  | 'PUBLIC'
  /** 视频发现: seen by a camera */
  | 'VIDEO'
  /** 领导交办: given by a leader */
  | 'LEADER'
  /** 部门移送: handed over by a department */
  | 'DEPARTMENT'
  /** 物联感知: raised by a sensor */
  | 'SENSOR';

/** Kinds of public facility. */
export type FacilityKind =
  /** 公共厕所: public toilet */
  | 'PUBLIC_TOILET'
  /** 停车场: parking */
  | 'PARKING'
  /** 直饮水点: drinking water */
  | 'DRINKING_WATER'
  /** 公园: park */
  | 'PARK'
  /** 应急避难场所: emergency shelter */
  | 'SHELTER'
  /** 充电站: charging station */
  | 'CHARGING'
  /** 便民服务中心: service centre */
  | 'SERVICE_CENTRE';

/** Levels of the division tree (GB/T 2260, GB/T 10114), from the top. */
export type DivisionLevel =
  /** 国家: the country */
  | 'COUNTRY'
  /** 省级: province, autonomous region or municipality */
  | 'PROVINCE'
  /** 地级: prefecture-level city */
  | 'CITY'
  /** 县级: district, county or county-level city */
  | 'COUNTY'
  /** 乡级: street, town or township */
  | 'STREET'
  /** 村级: community or village */
  | 'COMMUNITY';

/** The three tables of classes (GB/T 30428.2 for components and events, the hotline's own tree for requests). */
export type CategoryKind =
  /** 部件: a managed public asset, such as a manhole cover or a street lamp; type digit 1 */
  | 'COMPONENT'
  /** 事件: a managed occurrence, such as litter or an illegal advertisement; type digit 2 */
  | 'EVENT'
  /** 12345 热线: what a request of a citizen or a company is about; a tree of three levels; type digit 4 */
  | 'HOTLINE';

/** Whether a law, a regulation or a standard is in force (效力状态). */
export type RegulationStatus =
  /** 现行有效: in force */
  | 'IN_FORCE'
  /** 被代替: another one took its place */
  | 'REPLACED'
  /** 废止: no longer in force, without a successor */
  | 'REPEALED';

/** What happened to divisions (行政区划变更). */
export type DivisionEventKind =
  /** 设立: a division began */
  | 'ESTABLISH'
  /** 撤销: a division ended, and none took it over */
  | 'ABOLISH'
  /** 更名: the name changed, the code stayed */
  | 'RENAME'
  /** 代码变更: the code changed, as when a county became a district (撤县设区); the area stayed */
  | 'RECODE'
  /** 合并: one division took over others whole */
  | 'MERGE'
  /** 拆分: one division was divided among others, and may go on as one of them */
  | 'SPLIT'
  /** 部分划转: a part moved, and all went on */
  | 'PART_MOVED';

/** How exactly the day of a change is known. */
export type DatePrecision =
  /** The day is known. */
  | 'DAY'
  /** The month is known: `on` is its last day, by which the change was in force. */
  | 'MONTH'
  /** The year is known: `on` is its last day, by which the change was in force. */
  | 'YEAR';

/** The four clocks in which a handling limit is counted (处置时限单位). */
export type TimeUnit =
  /** 紧急工作时: runs without stop, holidays included */
  | 'URGENT_HOUR'
  /** 工作时: runs in working hours only (08:00–12:00 and 14:00–18:00 of a working day) */
  | 'WORK_HOUR'
  /** 工作日: eight working hours each; weekends and holidays stand still, make-up workdays (调休) count */
  | 'WORKDAY'
  /** 自然日: 24 hours each, without stop */
  | 'NATURAL_DAY';

/** The order of groups; equal groups and groups without a value follow by key. */
export type StatisticsOrder = {
  /** path of a number below the group: `counts.overdue`, `rates.closingOnTime` */
  readonly by: Scalars['String']['input'];
  /** highest first, or lowest first; a rate without a value comes last in either */
  readonly direction?: Direction;
};

/** A place and how far around it to look. */
export type NearInput = {
  /** degrees east, CGCS2000 */
  readonly longitude: Scalars['Longitude']['input'];
  /** degrees north, CGCS2000 */
  readonly latitude: Scalars['Latitude']['input'];
  /** greatest distance in metres, 1 to 50000 */
  readonly withinMetres?: InputMaybe<Scalars['Int']['input']>;
};
