-- The registry of schemas: versions that never change, the moves of the pointer, and how often what was used.
create schema registry;

create table registry.versions (
  number       bigint primary key,
  digest       text not null unique check (digest ~ '^[0-9a-f]{64}$'),
  standard     text not null,
  supergraph   text not null,
  subgraphs    jsonb not null,
  note         text not null,
  published_at timestamptz not null,
  published_by text not null,
  signature    text not null
);
comment on table registry.versions is 'Every version of the supergraph that was published, with the schemas of its subgraphs.';
comment on column registry.versions.number is 'Counts from 1 without a gap.';
comment on column registry.versions.digest is 'SHA-256 of the supergraph.';
comment on column registry.versions.standard is 'Version of the data standard that it is composed from.';
comment on column registry.versions.subgraphs is 'Text of the schema of each subgraph, by name; empty for a supergraph that came alone.';
comment on column registry.versions.signature is 'JWS of the publisher over number, digest, digests of the subgraphs, standard, publisher and instant.';

create table registry.moves (
  number   bigint generated always as identity primary key,
  version  bigint not null references registry.versions,
  kind     text not null check (kind in ('PROMOTE', 'ROLLBACK')),
  reason   text not null,
  moved_at timestamptz not null default clock_timestamp(),
  moved_by text not null
);
comment on table registry.moves is 'What gateways serve: the version of the last move.';

create table registry.platform_checks (
  platform   text not null,
  version    bigint not null references registry.versions,
  standard   text,
  outcome    text not null check (outcome in ('CONFORMS', 'PARTIAL', 'BREACH', 'UNREACHABLE')),
  breaches   integer not null,
  lacks      integer not null,
  checked_at timestamptz not null default clock_timestamp(),
  primary key (platform, version)
);
comment on table registry.platform_checks is 'How each platform did when it was last held against a version.';
comment on column registry.platform_checks.standard is 'Version of the data standard that the platform states.';

create table registry.usage (
  coordinate text collate "C" not null,
  day        date not null,
  audience   text not null,
  caller     text collate "C" not null,
  uses       bigint not null check (uses > 0),
  primary key (coordinate, day, audience, caller)
);
comment on table registry.usage is 'How many operations of a day used a field, an argument, an input field or a value of an enum; no values are kept.';
comment on column registry.usage.day is 'At +08:00.';
comment on column registry.usage.caller is 'app:…, department:… or division:…; no person.';

create function registry.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what the registry holds never changes (%)', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger versions_are_final before update or delete or truncate on registry.versions
  for each statement execute function registry.refuse_change();
create trigger moves_are_final before update or delete or truncate on registry.moves
  for each statement execute function registry.refuse_change();

-- Gateways may read versions and count uses, and nothing else.
create function registry.add_usage(counted jsonb) returns void
language sql security definer set search_path = registry, pg_temp as $$
  insert into registry.usage (coordinate, day, audience, caller, uses)
  select coordinate, day, audience, caller, sum(uses)
  from jsonb_to_recordset(counted) as row (coordinate text, day date, audience text, caller text, uses bigint)
  group by coordinate, day, audience, caller
  order by coordinate, day, audience, caller
  on conflict (coordinate, day, audience, caller) do update set uses = registry.usage.uses + excluded.uses
$$;
revoke execute on function registry.add_usage from public;
