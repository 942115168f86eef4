-- Departments of every tier with their three lists. The platforms of cities, districts and streets have both tables from the
-- municipal module, with rows that are kept; those of the ministry and the provinces get them here.

create table if not exists departments (
  code     text collate "C" primary key check (code ~ '^[0-9A-Z]{18}$'),
  division text collate "C" not null,
  name     text not null
);

create table if not exists duties (
  id         text collate "C" primary key,
  division   text collate "C" not null,
  department text collate "C" not null,
  kind       text not null check (kind in ('TASK', 'RESPONSIBILITY', 'POWER')),
  title      text not null,
  basis      text,
  published  boolean not null
);
alter table duties add column if not exists category text collate "C";

alter table departments
  add column serves     text[],
  add column tier       text check (tier in ('NATIONAL', 'PROVINCIAL', 'MUNICIPAL', 'DISTRICT', 'STREET')),
  add column parent     text collate "C",
  add column valid_from date,
  add column valid_to   date,
  add column successor  text collate "C",
  add check (valid_to > valid_from),
  add check (parent <> code),
  add check (successor is null or (successor <> code and valid_to is not null));

-- What a department served was its division, and its tier that of the government there.
update departments set
  serves = array[division],
  tier = case
    when division = '100000' then 'NATIONAL'
    when length(division) > 6 then 'STREET'
    when division_at(division, 'CITY') = division then 'MUNICIPAL'
    when division_at(division, 'COUNTY') = division then 'DISTRICT'
    else 'PROVINCIAL'
  end;
alter table departments
  alter column serves set not null,
  alter column tier set not null,
  add check (cardinality(serves) > 0);

comment on table departments is 'organisations that govern or serve; the code is opaque: it names who registered them, not where they work';
comment on column departments.division is 'the division whose government runs it; its platform holds the row';
comment on column departments.serves is 'the divisions that it serves; usually one';
comment on column departments.tier is 'tier of the government that runs it';
comment on column departments.parent is 'code of the department that leads it, which another platform may hold';
comment on column departments.valid_to is 'first day on which it no longer exists';
comment on column departments.successor is 'code of the department that took over its duties';

create index if not exists departments_division on departments (division, code);
create index if not exists duties_division on duties (division, id);
create index if not exists duties_department on duties (department, kind, id);

drop policy if exists everybody on departments;
select publish('departments');
drop policy if exists scope on duties;
drop policy if exists published on duties;
drop policy if exists open_rows on duties;
select guard('duties');
create policy published on duties for select to yiwang_platform using (published);
select open_rows('duties', 'published');
