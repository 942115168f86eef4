-- The record of operations: entries are added and never changed.
create table if not exists operations (
  id bigint primary key,
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
  operation_name text,
  operation_hash text,
  operation_text text,
  variables jsonb,
  fields jsonb,
  platforms text[] not null,
  row_count integer not null,
  outcome text not null check (outcome in ('answered', 'partial', 'refused', 'failed')),
  codes text[] not null,
  duration_ms integer not null,
  answer_digest text not null
);

comment on table operations is 'Every operation that the gateway was asked: who, for whom, why, what, from where, and what became of it.';
comment on column operations.id is 'Counts from 1 without a gap.';
comment on column operations.at is 'When the request arrived.';
comment on column operations.subject is 'Null where the caller was not identified.';
comment on column operations.purpose is 'The purpose that the caller stated (x-yiwang-purpose).';
comment on column operations.matter is 'The case or document that justifies the request (x-yiwang-matter).';
comment on column operations.operation_hash is 'SHA-256 of the operation as sent.';
comment on column operations.fields is 'Coordinates of the fields asked for, by data class.';
comment on column operations.platforms is 'Platforms that were to answer.';
comment on column operations.row_count is 'Objects in the answer.';
comment on column operations.answer_digest is 'SHA-256 of the answer as sent.';

create index if not exists operations_at on operations (at);
create index if not exists operations_subject on operations (subject, at);

create or replace function operations_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'the record of operations can only grow: % is refused', lower(tg_op) using errcode = 'restrict_violation';
end $$;

create or replace trigger operations_keep_rows before update or delete on operations
  for each row execute function operations_are_final();
create or replace trigger operations_keep_all before truncate on operations
  for each statement execute function operations_are_final();
alter table operations enable always trigger operations_keep_rows;
alter table operations enable always trigger operations_keep_all;
