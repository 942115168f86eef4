/** The parent that the resolvers of each type get. */
import type { Edge, Page } from '@yiwang/platform';
import type { FigureKey, GroupKeyView } from '@yiwang/platform/statistics';
import type { CaseGroup } from './resolvers/statistics.ts';
import type { ComponentRow, GridCellRow } from './store/assets.ts';
import type { CaseRow, StageRow } from './store/cases.ts';
import type { EnforcementCaseRow, PropertyCompanyRow } from './store/enforcement.ts';
import type { FacilityRow } from './store/facilities.ts';
import type { AlarmRow, PointRow } from './store/monitoring.ts';
import type { OfficerRow } from './store/officers.ts';

export interface Mappers {
  readonly Division: { readonly code: string };
  readonly ReportFigure: FigureKey;
  readonly StatisticsKey: GroupKeyView;
  readonly Case: CaseRow;
  readonly CaseClocks: CaseRow;
  readonly CaseStage: StageRow;
  readonly CaseConnection: Page<CaseRow>;
  readonly CaseEdge: Edge<CaseRow>;
  readonly CaseStatistics: CaseGroup;
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
