-- The record of operations: entries are added and never changed. Run with a search path of the record's schema alone.
create table operations (
  id bigint not null,
  recorded_at timestamptz not null,
  at timestamptz not null,
  request_id text not null,
  subject text,
  tier text,
  division text collate "C",
  department text collate "C",
  audience text,
  purpose text,
  matter text,
  rights_fingerprint text,
  address text,
  operation_name text,
  operation_hash text,
  operation_text text,
  variables jsonb,
  sent_digest text,
  fields jsonb,
  platforms text[] not null,
  row_count integer not null,
  outcome text not null check (outcome in ('answered', 'partial', 'refused', 'failed')),
  codes text[] not null,
  duration_ms integer not null,
  answer_digest text not null,
  primary key (id, recorded_at)
) partition by range (recorded_at);

comment on table operations is 'Every operation that the gateway was asked: who, for whom, why, what, from where, and what became of it.';
comment on column operations.id is 'Counts from 1 without a gap, over all months.';
comment on column operations.recorded_at is 'When it was written; never before the entry of a lower number. Months are those of +08:00.';
comment on column operations.at is 'When the request arrived.';
comment on column operations.subject is 'Null if the caller was not identified.';
comment on column operations.purpose is 'The purpose that the caller stated (x-yiwang-purpose).';
comment on column operations.matter is 'The case or document that justifies the request (x-yiwang-matter).';
comment on column operations.address is 'Network address of a client that was not identified.';
comment on column operations.operation_text is 'Without comments and padding, values that may tell of persons masked; of a refused operation the beginning.';
comment on column operations.operation_hash is 'SHA-256 of operation_text.';
comment on column operations.variables is 'Values that may tell of persons are masked: "masked:" and a keyed digest.';
comment on column operations.sent_digest is 'Keyed digest of text and variables as sent.';
comment on column operations.fields is 'Coordinates of the fields asked for, by data class.';
comment on column operations.platforms is 'Platforms that were to answer.';
comment on column operations.row_count is 'Objects in the answer.';
comment on column operations.answer_digest is 'SHA-256 of the answer as sent.';

create index operations_at on operations (at);
create index operations_subject on operations (subject, at);
create index operations_division on operations (division, id);

-- One row: the last number given. Whoever takes numbers locks it.
create table record_head (
  record uuid primary key default gen_random_uuid(),
  version integer not null,
  last bigint not null default 0,
  recorded_at timestamptz not null default '-infinity'
);

-- Signed by gateways from time to time: so many entries there were. A removed tail shows against it.
create table record_checkpoints (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  last bigint not null,
  statement text not null,
  written_by text not null,
  owns_record boolean not null
);

-- Months that were written to files and dropped.
create table record_archives (
  month date primary key,
  first bigint not null,
  last bigint not null,
  statement text not null,
  archived_at timestamptz not null default clock_timestamp()
);

create function operations_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'the record of operations can only grow: % is refused', lower(tg_op) using errcode = 'restrict_violation';
end $$;

create trigger operations_keep_rows before update or delete on operations
  for each row execute function operations_are_final();
create trigger operations_keep_all before truncate on operations
  for each statement execute function operations_are_final();
alter table operations enable always trigger operations_keep_rows;
alter table operations enable always trigger operations_keep_all;

create trigger checkpoints_keep_rows before update or delete on record_checkpoints
  for each row execute function operations_are_final();
create trigger checkpoints_keep_all before truncate on record_checkpoints
  for each statement execute function operations_are_final();
alter table record_checkpoints enable always trigger checkpoints_keep_rows;
alter table record_checkpoints enable always trigger checkpoints_keep_all;

create trigger archives_keep_rows before update or delete on record_archives
  for each row execute function operations_are_final();
create trigger archives_keep_all before truncate on record_archives
  for each statement execute function operations_are_final();
alter table record_archives enable always trigger archives_keep_rows;
alter table record_archives enable always trigger archives_keep_all;

create function record_make_month(moment timestamptz) returns void
  language plpgsql set search_path from current as $$
declare
  first_day timestamp := date_trunc('month', moment at time zone interval '08:00');
  month_table text := 'operations_' || to_char(first_day, 'YYYY_MM');
begin
  if to_regclass(month_table) is not null then return; end if;
  execute format('create table %I partition of operations for values from (%L) to (%L)', month_table,
    first_day at time zone interval '08:00', (first_day + interval '1 month') at time zone interval '08:00');
  execute format('create trigger operations_keep_all before truncate on %I for each statement execute function operations_are_final()',
    month_table);
  execute format('alter table %I enable always trigger operations_keep_rows', month_table);
  execute format('alter table %I enable always trigger operations_keep_all', month_table);
end $$;

-- Whoever may call it can add entries, and can give neither their numbers nor their time.
create function record_append(entries jsonb, out record uuid, out last bigint, out recorded_at timestamptz)
  language plpgsql security definer set search_path from current as $$
declare
  head record_head;
begin
  select * into strict head from record_head for update;
  record := head.record;
  last := head.last + jsonb_array_length(entries);
  recorded_at := greatest(clock_timestamp(), head.recorded_at);
  if date_trunc('month', recorded_at at time zone interval '08:00')
    is distinct from date_trunc('month', head.recorded_at at time zone interval '08:00') then
    perform record_make_month(recorded_at);
  end if;
  insert into operations
    select row_of.* from jsonb_array_elements(entries) with ordinality as given(entry, place),
      lateral jsonb_populate_record(null::operations,
        given.entry || jsonb_build_object('id', head.last + given.place, 'recorded_at', record_append.recorded_at)) as row_of;
  update record_head set last = record_append.last, recorded_at = record_append.recorded_at;
end $$;

create function record_checkpoint(last bigint, statement text) returns void
  language plpgsql security definer set search_path from current as $$
begin
  insert into record_checkpoints (last, statement, written_by, owns_record)
    values (last, statement, session_user, pg_has_role(session_user, current_user, 'member'));
end $$;

revoke all on function record_make_month, record_append, record_checkpoint from public;
