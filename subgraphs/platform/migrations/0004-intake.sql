-- Batches of rows that were taken in: what a sender gets if it sends the same batch again.

-- A schema of its own, in which the role of queries has no rights.
create schema intake;

create table intake.batches (
  sender   text        not null,
  key      text        not null,
  digest   text        not null,
  receipt  jsonb,
  taken_at timestamptz not null default now(),
  primary key (sender, key)
);
comment on table intake.batches is 'key = the sender''s own, unique for it; written in the transaction that stores the rows';
comment on column intake.batches.digest is 'SHA-256 of entity, mode and rows, in hexadecimal: another batch may not have the same key';
comment on column intake.batches.receipt is 'the receipt as the sender got it; null while the batch is being stored';
