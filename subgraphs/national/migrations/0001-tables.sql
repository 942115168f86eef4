-- Reference data of the standard: open to every caller, so no table here has a guarded division column.

create table reference_versions (
  part      text primary key,
  version   text not null,
  loaded_at timestamptz not null default now()
);
comment on table reference_versions is 'which version of the standard each part of the reference data was loaded from';

create table divisions (
  code       text collate "C" primary key,
  name       text not null,
  full_name  text not null,
  level      text not null check (level in ('COUNTRY', 'PROVINCE', 'CITY', 'COUNTY', 'STREET', 'COMMUNITY')),
  nominal    boolean not null,
  parent     text collate "C",
  valid_from date,
  valid_to   date,
  successors text[] not null default '{}'
);
comment on column divisions.valid_to is 'first day on which the code is no longer in force';
comment on column divisions.parent is 'the division above that has a government: nominal levels are passed over';
comment on column divisions.nominal is 'a level without a government: kept as a row, hidden from lists';

create table categories (
  code     text collate "C" primary key,
  kind     text not null check (kind in ('COMPONENT', 'EVENT', 'HOTLINE')),
  name     text not null,
  is_local boolean not null,
  major    text collate "C",
  parent   text collate "C"
);
comment on column categories.major is 'the class of the first level above; null for one of the first level';
comment on column categories.parent is 'the class directly above: differs from major for leaves of the hotline only';
comment on column categories.is_local is 'a class that a city added to the national list';

create table filing_conditions (
  id          text collate "C" primary key,
  category    text collate "C" not null,
  ordinal     integer not null,
  description text not null,
  amount      double precision not null check (amount > 0),
  unit        text not null check (unit in ('URGENT_HOUR', 'WORK_HOUR', 'WORKDAY', 'NATURAL_DAY'))
);

create table standards (
  id             text collate "C" primary key,
  ordinal        integer not null,
  name           text not null,
  version        text not null,
  effective_from date not null,
  effective_to   date
);

create table regulations (
  id             text collate "C" primary key,
  title          text not null,
  number         text,
  kind           text not null check (kind in ('LAW', 'REGULATION', 'LOCAL_REGULATION', 'STANDARD')),
  issuer         text not null,
  issued_on      date,
  effective_from date,
  summary        text
);

create table evaluation_schemes (
  id          text collate "C" primary key,
  name        text not null,
  object      text not null,
  object_name text not null
);

create table scheme_indicators (
  scheme         text collate "C" not null,
  ordinal        integer not null,
  term           text not null,
  score          text not null,
  weight_percent double precision not null,
  certainty      text not null,
  note           text,
  primary key (scheme, ordinal)
);

create index divisions_parent on divisions (parent, code);
create index divisions_level on divisions (level, code);
create index categories_parent on categories (parent, code);
create index filing_conditions_category on filing_conditions (category, ordinal);
