-- The directory and the catalogue are open to every caller that may see the fields; grants and apps are narrowed to the scope.

create table platforms (
  id               text collate "C" primary key,
  name             text not null,
  tier             text not null,
  answers_for      text collate "C" not null,
  prefix           text collate "C" not null,
  subgraphs        text[] not null,
  url              text not null,
  standard_version text not null,
  state            text not null default 'NEW' check (state in ('NEW', 'ONLINE', 'UNREACHABLE')),
  last_seen_at     timestamptz
);
comment on column platforms.answers_for is 'canonical code of the division that the platform answers for';
comment on column platforms.prefix is 'its trimmed prefix: of the platforms of a subgraph, the longest prefix of a code wins';

create table catalogue_entries (
  id               text collate "C" primary key,
  title            text not null check (length(title) <= 50),
  summary          text not null check (length(summary) <= 256),
  provider         text collate "C" not null,
  sharing          text not null check (sharing in ('UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED')),
  update_frequency text not null
);
comment on table catalogue_entries is 'id = <subgraph>/<type>';

create table catalogue_fields (
  entry      text collate "C" not null references catalogue_entries on delete cascade,
  ordinal    integer not null,
  coordinate text collate "C" not null,
  data_class text not null check (data_class in ('OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE')),
  sharing    text not null check (sharing in ('UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED')),
  condition  text,
  primary key (entry, ordinal)
);

create table grants (
  id         text collate "C" primary key,
  grantee    text collate "C" not null,
  provider   text collate "C" not null,
  purpose    text not null,
  fields     text[] not null,
  divisions  text[] not null,
  valid_from date not null,
  valid_to   date not null check (valid_to >= valid_from),
  status     text not null,
  reason     text,
  applied_at timestamptz not null
);
comment on column grants.valid_to is 'the last day of the grant';

create table grant_parties (
  grant_id   text collate "C" not null references grants on delete cascade,
  side       text not null check (side in ('GRANTEE', 'PROVIDER')),
  department text collate "C" not null,
  division   text collate "C" not null check (division = substr(department, 3, 6)),
  primary key (grant_id, side)
);
comment on table grant_parties is 'who gave and who was given a grant: a grant is seen by those who see one of its parties';

create table apps (
  id         text collate "C" primary key,
  division   text collate "C" not null,
  name       text not null,
  owner      text not null,
  audience   text not null,
  state      text not null check (state in ('ACTIVE', 'SUSPENDED', 'REVOKED')),
  key_digest text not null unique check (key_digest ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null
);
comment on column apps.key_digest is 'SHA-256 of the key, in hexadecimal; the key itself is not kept';

create index platforms_prefix on platforms (prefix);
create index grant_parties_department on grant_parties (department, grant_id);
create index grant_parties_division on grant_parties (division, grant_id);
create index apps_division on apps (division, id);

select guard('grant_parties');
select guard('apps');

alter table grants enable row level security;
create policy scope on grants for all to yiwang_platform using (
  exists (select from grant_parties where grant_parties.grant_id = grants.id)
);
