/** The exchange's own rows: organisations, catalogue, grants, apps. Its directory of platforms is filled from the network's list when it starts. */
import { createHash, randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { copyRows } from '../copy.ts';
import { DEPARTMENT_COLUMNS } from '../departments/department.ts';
import { catalogueRows, ENTRY_COLUMNS, FIELD_COLUMNS } from './catalogue.ts';
import { GRANT_COLUMNS, grantRows, PARTY_COLUMNS } from './grants.ts';
import { organisationRows } from './organisations.ts';

export interface ExchangeOptions {
  /** SHA-256 of the key of the demo app `app`, in hexadecimal. Default: of a key that nobody has. */
  readonly appKeyDigest?: string;
}

const APP_COLUMNS = ['id', 'division', 'name', 'owner', 'audience', 'state', 'key_digest', 'created_at'] as const;

/** Loads into empty tables and resolves to the number of rows. */
export async function loadExchange(client: ClientBase, { appKeyDigest }: ExchangeOptions = {}): Promise<number> {
  const { entries, fields } = catalogueRows();
  const organisations = organisationRows();
  const { grants, parties } = grantRows(organisations);
  let count = await copyRows(client, { table: 'catalogue_entries', columns: ENTRY_COLUMNS }, entries);
  count += await copyRows(client, { table: 'catalogue_fields', columns: FIELD_COLUMNS }, fields);
  count += await copyRows(client, { table: 'organisations', columns: DEPARTMENT_COLUMNS }, organisations);
  count += await copyRows(client, { table: 'grants', columns: GRANT_COLUMNS }, grants);
  count += await copyRows(client, { table: 'grant_parties', columns: PARTY_COLUMNS }, parties);
  return count + (await copyRows(client, { table: 'apps', columns: APP_COLUMNS }, appRows(appKeyDigest)));
}

function appRows(appKeyDigest: string | undefined) {
  return [
    app('app', ['420100', '便民设施地图', '江城便民信息服务有限公司', 'ACTIVE'], appKeyDigest),
    app('parking-guide', ['110000', '停车引导', '京畅出行科技有限公司', 'ACTIVE']),
    app('toilet-finder', ['420600', '找公厕', '襄阳市民服务志愿者协会', 'SUSPENDED']),
    app('grid-trial', ['420500', '网格数据试点', '三峡数据研究院', 'REVOKED']),
  ];
}

type AppText = readonly [division: string, name: string, owner: string, state: string];

/** The digest of random bytes belongs to no key, so that nobody can authenticate as the other apps. */
function app(id: string, [division, name, owner, state]: AppText, digest = digestOf(randomBytes(32))) {
  const created_at = '2026-01-15T09:00:00+08:00';
  return { id, division, name, owner, audience: 'open', state, key_digest: digest, created_at };
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
