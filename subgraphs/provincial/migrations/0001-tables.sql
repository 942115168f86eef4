-- What an upper tier holds of the tiers below; `division` is the division evaluated, inspected or reporting, and guards the row.

create table evaluations (
  scheme    text collate "C" not null,
  division  text collate "C" not null,
  month     date not null check (extract(day from month) = 1),
  evaluator text collate "C" not null,
  score     double precision not null check (score between 0 and 100),
  grade     text not null check (grade in ('A', 'B', 'C', 'D', 'E')),
  rank      integer check (rank >= 1),
  parts     jsonb not null,
  primary key (scheme, division, month)
);
comment on column evaluations.month is 'first day of the month';
comment on column evaluations.parts is '[{indicator, name, score, fullScore, numerator, denominator}], points and counts; the last two are null for an indicator that is no rate';

create table inspections (
  id          text collate "C" primary key,
  division    text collate "C" not null,
  tier        text not null,
  issued_by   text collate "C" not null,
  kind        text not null check (kind in ('ROUTINE', 'SPECIAL', 'EMERGENCY')),
  title       text not null,
  requirement text,
  status      text not null,
  issued_at   timestamptz not null,
  deadline    timestamptz,
  closed_at   timestamptz
);
comment on table inspections is 'id = <division>-IN-<serial>';

create table inspection_tasks (
  id          text collate "C" primary key,
  division    text collate "C" not null,
  inspection  text collate "C" not null,
  title       text not null,
  status      text not null,
  deadline    timestamptz,
  answer      text,
  answered_at timestamptz,
  check ((answer is null) = (answered_at is null))
);
comment on table inspection_tasks is 'id = <division>-IT-<serial>; division = the division that is to answer, in or below the one inspected';

create table periodic_reports (
  id           text collate "C" primary key,
  division     text collate "C" not null,
  kind         text not null check (kind in ('CASES', 'HOTLINE')),
  month        date not null check (extract(day from month) = 1),
  version      integer not null check (version >= 1),
  is_current   boolean not null,
  deadline     timestamptz not null,
  submitted_at timestamptz not null,
  accepted_at  timestamptz,
  late         boolean not null,
  status       text not null check (status in ('SUBMITTED', 'ACCEPTED', 'RETURNED', 'SUPERSEDED')),
  figures      jsonb not null,
  unique (division, kind, month, version),
  check (is_current = (status <> 'SUPERSEDED'))
);
comment on table periodic_reports is 'id = <division>-PR-<serial>';
comment on column periodic_reports.figures is '[{metric, name, value}], counts and rates between 0 and 1';

create index evaluations_division on evaluations (division, scheme, month);
create index inspections_issued on inspections (issued_at desc, division, id);
create index inspections_division on inspections (division, issued_at);
create index inspection_tasks_inspection on inspection_tasks (inspection, id);
create index inspection_tasks_division on inspection_tasks (division);
create index periodic_reports_month on periodic_reports (month desc, division, id);
create index periodic_reports_division on periodic_reports (division, month);

select guard('evaluations');
select guard('inspections');
select guard('inspection_tasks');
select guard('periodic_reports');
