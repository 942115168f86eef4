/** The parent that the resolvers of each type get. */
import type { Edge, Page } from '@yiwang/platform';
import type { GroupKeyView } from '@yiwang/platform/statistics';
import type { CaseGroup, RequestGroup } from './resolvers/statistics.ts';
import type { ComponentRow, GridCellRow } from './store/assets.ts';
import type { CaseRow, StageRow } from './store/cases.ts';
import type { DepartmentRow, DutyRow, OfficerRow } from './store/departments.ts';
import type { EnforcementCaseRow, PropertyCompanyRow } from './store/enforcement.ts';
import type { FacilityRow } from './store/facilities.ts';
import type { AlarmRow, PointRow } from './store/monitoring.ts';
import type { RequestRow } from './store/requests.ts';
import type { TopicRow } from './store/topics.ts';

/** A row, or the code of a department that another row refers to. */
export type DepartmentRef = DepartmentRow | { readonly code: string };

export interface Mappers {
  readonly Division: { readonly code: string };
  readonly StatisticsKey: GroupKeyView;
  readonly Case: CaseRow;
  readonly CaseClocks: CaseRow;
  readonly CaseStage: StageRow;
  readonly CaseConnection: Page<CaseRow>;
  readonly CaseEdge: Edge<CaseRow>;
  readonly CaseStatistics: CaseGroup;
  readonly Request: RequestRow;
  readonly RequestConnection: Page<RequestRow>;
  readonly RequestEdge: Edge<RequestRow>;
  readonly RequestStatistics: RequestGroup;
  readonly MonthlyTopic: TopicRow & { readonly rank: number };
  readonly GridCell: GridCellRow;
  readonly GridCellConnection: Page<GridCellRow>;
  readonly GridCellEdge: Edge<GridCellRow>;
  readonly Component: ComponentRow;
  readonly ComponentConnection: Page<ComponentRow>;
  readonly ComponentEdge: Edge<ComponentRow>;
  readonly Facility: FacilityRow;
  readonly FacilityConnection: Page<FacilityRow>;
  readonly FacilityEdge: Edge<FacilityRow>;
  readonly MonitoringPoint: PointRow;
  readonly MonitoringPointConnection: Page<PointRow>;
  readonly MonitoringPointEdge: Edge<PointRow>;
  readonly Alarm: AlarmRow;
  readonly AlarmConnection: Page<AlarmRow>;
  readonly AlarmEdge: Edge<AlarmRow>;
  readonly Department: DepartmentRef;
  readonly Duty: DutyRow;
  readonly Officer: OfficerRow;
  readonly OfficerConnection: Page<OfficerRow>;
  readonly OfficerEdge: Edge<OfficerRow>;
  readonly EnforcementCase: EnforcementCaseRow;
  readonly EnforcementCaseConnection: Page<EnforcementCaseRow>;
  readonly EnforcementCaseEdge: Edge<EnforcementCaseRow>;
  readonly PropertyCompany: PropertyCompanyRow;
  readonly PropertyCompanyConnection: Page<PropertyCompanyRow>;
  readonly PropertyCompanyEdge: Edge<PropertyCompanyRow>;
}
