/** Grants of shared data between departments of the demo network, in every state that an application can be in. */
import { createId } from '@yiwang/schema';
import type { CopyValue } from '../copy.ts';
import type { DepartmentRow } from '../departments/department.ts';
import { WUHAN_BUREAU, WUHAN_WATER_BRANCH } from '../departments/upper-departments.ts';
import { officeCode } from '../municipal/offices/departments.ts';
import type { OfficeKind } from '../municipal/offices/offices.ts';

export const GRANT_COLUMNS = [
  ...(['id', 'grantee', 'provider', 'purpose', 'fields', 'divisions', 'valid_from', 'valid_to'] as const),
  ...(['status', 'reason', 'applied_at'] as const),
];
export const PARTY_COLUMNS = ['grant_id', 'side', 'department', 'division'] as const;
export type GrantRow = Readonly<Record<(typeof GRANT_COLUMNS)[number], CopyValue>>;
export type PartyRow = Readonly<Record<(typeof PARTY_COLUMNS)[number], CopyValue>>;

/** A department that may take part in sharing. */
interface Party {
  readonly code: string;
  /** Where the data are that it provides, or uses. */
  readonly division: string;
}

interface GrantText {
  readonly grantee: Party;
  readonly provider: Party;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly term: readonly [from: string, until: string];
  readonly status: string;
  readonly reason?: string;
}

const PLACE = ['Case.address', 'Case.longitude', 'Case.latitude'];

const GRANTS: readonly GrantText[] = [
  {
    grantee: office('FIRE', '420100'),
    provider: office('MANAGEMENT', '420100'),
    purpose: '占用消防通道案件联动处置',
    fields: PLACE,
    term: ['2026-01-01', '2026-12-31'],
    status: 'GRANTED',
  },
  {
    grantee: office('FIRE', '420100'),
    provider: office('EMERGENCY', '420100'),
    purpose: '燃气报警应急救援调度',
    fields: ['MonitoringPoint.longitude', 'MonitoringPoint.latitude', 'Alarm.value', 'Alarm.threshold'],
    term: ['2026-11-01', '2027-10-31'],
    status: 'PROVIDER_DECISION',
  },
  {
    grantee: office('WATER', '420100'),
    provider: office('MANAGEMENT', '420100'),
    purpose: '井盖和积水案件巡查核对',
    fields: PLACE,
    term: ['2025-01-01', '2025-12-31'],
    status: 'EXPIRED',
  },
  {
    grantee: office('EDUCATION', '420100'),
    provider: office('CIVIL', '420100'),
    purpose: '校外培训投诉研判',
    fields: ['Request.content', 'Request.requester'],
    term: ['2026-09-01', '2027-08-31'],
    status: 'REFUSED',
    reason: '投诉人信息和诉求内容属于个人信息，且申请单位为被投诉方的主管部门，依法不予共享。',
  },
  {
    grantee: office('TRANSPORT', '420600'),
    provider: office('MANAGEMENT', '420600'),
    purpose: '道路塌陷和路面破损案件养护派单',
    fields: PLACE,
    term: ['2026-03-01', '2027-02-28'],
    status: 'GRANTED',
  },
  {
    grantee: office('MANAGEMENT', '420500'),
    provider: office('MANAGEMENT', '420100'),
    purpose: '跨市渣土运输车辆联合执法',
    fields: ['EnforcementCase.subject', 'EnforcementCase.decision'],
    term: ['2026-06-01', '2026-12-31'],
    status: 'AUTHORITY_CHECK',
  },
  {
    grantee: office('ENVIRONMENT', '110000'),
    provider: office('MANAGEMENT', '110000'),
    purpose: '工地扬尘和噪声投诉溯源',
    fields: [...PLACE, 'Case.description'],
    term: ['2026-01-01', '2026-12-31'],
    status: 'DISPUTED',
    reason: '提供部门认为案件描述含个人信息，双方对共享范围有异议，由同级主管部门裁定。',
  },
  {
    grantee: office('TRAFFIC_POLICE', '110000'),
    provider: office('MANAGEMENT', '110000'),
    purpose: '违停多发点位治理',
    fields: PLACE,
    term: ['2026-01-01', '2026-12-31'],
    status: 'REVOKED',
    reason: '使用部门超出批准用途使用数据，授权收回。',
  },
  {
    grantee: office('HEALTH', '110101'),
    provider: office('MANAGEMENT', '110101'),
    purpose: '公共厕所消杀巡查',
    fields: ['Facility.address', 'Facility.openingHours'],
    term: ['2026-11-01', '2027-10-31'],
    status: 'SUBMITTED',
  },
  {
    grantee: { code: WUHAN_BUREAU, division: '420100' },
    provider: office('MANAGEMENT', '420100'),
    purpose: '重大案件派驻督察',
    fields: [...PLACE, 'Case.stages'],
    term: ['2026-01-01', '2026-12-31'],
    status: 'GRANTED',
  },
  {
    grantee: { code: WUHAN_WATER_BRANCH, division: '420100' },
    provider: office('MANAGEMENT', '420100'),
    purpose: '供水井盖案件先行处置',
    fields: PLACE,
    term: ['2026-04-01', '2027-03-31'],
    status: 'GRANTED',
  },
];

/** Parties are of the division that the organisation directory names. Throws for one that it does not have. */
export function grantRows(organisations: readonly DepartmentRow[]): { grants: GrantRow[]; parties: PartyRow[] } {
  const divisionOf = new Map(organisations.map(({ code, division }) => [code, division]));
  const grants = GRANTS.map(({ grantee, provider, purpose, fields, term: [from, until], status, reason }, index) => ({
    id: createId(grantee.division, 'GR', String(index + 1).padStart(6, '0')),
    grantee: grantee.code,
    provider: provider.code,
    purpose,
    fields,
    divisions: [provider.division],
    valid_from: from,
    valid_to: until,
    status,
    reason: reason ?? null,
    applied_at: `${monthBefore(from)}-12T10:00:00+08:00`,
  }));
  const party = (grant_id: string, side: 'GRANTEE' | 'PROVIDER', department: string): PartyRow => {
    const division = divisionOf.get(department);
    if (division === undefined) throw new Error(`${department} is not in the organisation directory`);
    return { grant_id, side, department, division };
  };
  const parties = grants.flatMap(({ id, grantee, provider }) => [
    party(id, 'GRANTEE', grantee),
    party(id, 'PROVIDER', provider),
  ]);
  return { grants, parties };
}

function office(kind: OfficeKind, division: string): Party {
  return { code: officeCode(kind, division), division };
}

function monthBefore(day: string): string {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 2;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}
