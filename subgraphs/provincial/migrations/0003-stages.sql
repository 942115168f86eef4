-- The course of an inspection and of each of its tasks, step by step. Those of earlier versions have no stages.

create table inspection_stages (
  -- Of an inspection or of a task; their ids never meet.
  of          text collate "C" not null,
  seq         integer not null check (seq >= 1),
  -- Of the inspection or the task, so that the guard needs no join.
  division    text collate "C" not null,
  action      text not null,
  at          timestamptz not null,
  reason      text,
  from_status text,
  to_status   text not null,
  primary key (of, seq)
);
comment on table inspection_stages is 'actions and states of schema/data/orders.json; id = <division>-IN-<serial> or <division>-IT-<serial>';
create index inspection_stages_division on inspection_stages (division);

select guard('inspection_stages');
