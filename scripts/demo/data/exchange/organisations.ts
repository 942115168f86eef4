/** The organisation directory of the demo: the departments of every platform, as each has them in its table. */

import { DEMO_PLATFORMS, type DemoPlatform, ownRegion } from '../../platforms.ts';
import { type Department, type DepartmentRow, departmentRows } from '../departments/department.ts';
import { upperDepartments } from '../departments/upper-departments.ts';
import { createDepartments } from '../municipal/offices/departments.ts';
import { createSetting } from '../municipal/setting/setting.ts';

/** Neither the scale of the data nor their end changes which departments there are. */
const ANY = { scale: 1, now: 0 };

export function organisationRows(): DepartmentRow[] {
  return departmentRows(DEMO_PLATFORMS.flatMap(departmentsOf));
}

function departmentsOf(platform: DemoPlatform): readonly Department[] {
  const { id, kind, division } = platform;
  switch (kind) {
    case 'exchange':
      return [];
    case 'municipal':
      return createDepartments(createSetting({ id, division, region: ownRegion(platform) }, ANY));
    case 'national':
    case 'provincial':
      return upperDepartments(division);
  }
}
