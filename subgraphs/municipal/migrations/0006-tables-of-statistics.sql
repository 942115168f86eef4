-- Statistics of alarms and penalty cases: when they ended, as columns, since row security keeps expressions out of index
-- ranges; and whether an alarm was false.

alter table alarms
  add column false_alarm boolean,
  add column ended_at timestamptz not null generated always as (coalesce(resolved_at, 'infinity'::timestamptz)) stored;
comment on column alarms.false_alarm is 'found to be false; null until somebody judged it';
create index alarms_lifetime on alarms (ended_at, raised_at);

alter table enforcement_cases
  add column ended_at timestamptz not null generated always as (coalesce(decided_at, 'infinity'::timestamptz)) stored;
create index enforcement_cases_lifetime on enforcement_cases (ended_at, filed_at);
