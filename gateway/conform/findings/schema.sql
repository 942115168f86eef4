-- Findings of gateways: what platforms gave that breaks the standard. Counts alone, and no value.
create schema if not exists conformance;

create table if not exists conformance.findings (
  platform text collate "C" not null,
  rule text collate "C" not null,
  day date not null,
  count bigint not null check (count > 0),
  first_at timestamptz not null default clock_timestamp(),
  last_at timestamptz not null default clock_timestamp(),
  primary key (day, platform, rule)
);

create table if not exists conformance.finding_samples (
  platform text collate "C" not null,
  rule text collate "C" not null,
  day date not null,
  coordinate text not null,
  row_id text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (day, platform, rule, coordinate, row_id),
  foreign key (day, platform, rule) references conformance.findings on delete cascade
);

comment on table conformance.findings is 'Breaches of the standard on the way out, by platform, rule and day: the sum of all gateways.';
comment on column conformance.findings.platform is 'Id in the directory; unknown if nobody can be said to have given the value.';
comment on column conformance.findings.rule is 'Id of the rule of the standard; TYPE for a value that is not of its type.';
comment on column conformance.findings.day is 'Day of the zone +08:00 on which the answer was given.';
comment on table conformance.finding_samples is 'A few rows and fields for each finding; no value of them.';
comment on column conformance.finding_samples.row_id is 'Id of the row or code of the object; empty if it was not asked for.';
