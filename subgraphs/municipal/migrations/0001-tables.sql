-- The tables of a municipal, district or street platform: every row carries the canonical code of the division it lies in.
-- Instants are timestamptz, coordinates degrees of CGCS2000, durations seconds, department columns unified social credit codes.

create table departments (
  code     text collate "C" primary key check (code ~ '^[0-9A-Z]{18}$'),
  division text collate "C" not null check (division = substr(code, 3, 6)),
  name     text not null
);
comment on column departments.division is 'characters 3 to 8 of the code: the county, city or province that owns the department';

create table duties (
  id         text collate "C" primary key,
  division   text collate "C" not null,
  department text collate "C" not null,
  kind       text not null check (kind in ('TASK', 'RESPONSIBILITY', 'POWER')),
  title      text not null,
  basis      text,
  published  boolean not null
);
comment on table duties is 'the three lists of a department; id = <division>-DU-<serial>, division = the division of the department';
comment on column duties.basis is 'law, regulation or document that gives the duty';

create table grid_cells (
  code               text collate "C" primary key,
  division           text collate "C" not null,
  name               text,
  area_square_metres double precision,
  valid_from         date,
  valid_to           date
);
comment on table grid_cells is 'unit grid cells: code = community (12 digits) + sequence (3), division = the community';

create table officers (
  id         text collate "C" primary key,
  division   text collate "C" not null,
  name       text not null,
  phone      text,
  post       text not null,
  department text collate "C",
  grids      text[] not null default '{}'
);
comment on table officers is 'id = <division>-OF-<serial>; post: COLLECTOR ACCEPTOR SHIFT_LEADER DISPATCHER HANDLER ENFORCER; grids = codes of the responsibility grid';

create table components (
  code        text collate "C" primary key check (code ~ '^[0-9]{16}$'),
  division    text collate "C" not null check (left(division, 6) = left(code, 6)),
  category    text collate "C" not null,
  name        text,
  grid        text collate "C",
  state       text not null check (state in ('INTACT', 'DAMAGED', 'LOST', 'DISCARDED')),
  longitude   double precision,
  latitude    double precision,
  owner       text collate "C",
  in_charge   text collate "C",
  maintainer  text collate "C",
  material    text,
  source      text check (source in ('MEASURED', 'REPORTED', 'CENSUS')),
  initial_on  date,
  changed_on  date
);
comment on table components is 'code = county (6) + major (2) + minor (2) + sequence (6); division = the community or street it stands in; category = 1 + major + minor';

create table cases (
  id                  text collate "C" primary key,
  division            text collate "C" not null,
  grid                text collate "C",
  category            text collate "C" not null,
  condition_id        text collate "C",
  source              text not null check (source in ('PATROL', 'HOTLINE', 'PUBLIC', 'VIDEO', 'LEADER', 'DEPARTMENT', 'SENSOR')),
  status              text not null check (status in ('REPORTED', 'FILED', 'DISPATCHED', 'HANDLING', 'HANDLED', 'INSPECTING', 'CLOSED', 'VOIDED')),
  flow_state          text not null,
  suspended           boolean not null default false,
  suspended_until     timestamptz,
  description         text,
  address             text,
  longitude           double precision,
  latitude            double precision,
  department          text collate "C",
  component           text collate "C",
  request             text collate "C",
  reporter_name       text,
  reporter_phone      text,
  limit_amount        double precision,
  limit_unit          text check (limit_unit in ('URGENT_HOUR', 'WORK_HOUR', 'WORKDAY', 'NATURAL_DAY')),
  reported_at         timestamptz not null,
  verified_at         timestamptz,
  filed_at            timestamptz,
  dispatched_at       timestamptz,
  handled_at          timestamptz,
  inspected_at        timestamptz,
  closed_at           timestamptz,
  voided_at           timestamptz,
  ended_at            timestamptz not null generated always as (coalesce(closed_at, voided_at, 'infinity'::timestamptz)) stored,
  accept_due_at       timestamptz,
  dispatch_due_at     timestamptz,
  handle_due_at       timestamptz,
  due_at              timestamptz,
  accept_seconds      integer,
  dispatch_seconds    integer,
  handle_seconds      integer,
  total_seconds       integer,
  paused_seconds      integer not null default 0,
  filed_on_time       boolean,
  handled_on_time     boolean,
  on_time             boolean,
  return_count        smallint not null default 0,
  rework_count        smallint not null default 0,
  extension_count     smallint not null default 0,
  check (closed_at is null or voided_at is null),
  check ((status = 'CLOSED') = (closed_at is not null)),
  check ((status = 'VOIDED') = (voided_at is not null)),
  check ((closed_at is null) = (on_time is null)),
  check (reported_at <= least(verified_at, filed_at, dispatched_at, handled_at, inspected_at, closed_at, voided_at, due_at)),
  check (ended_at >= greatest(reported_at, verified_at, filed_at, dispatched_at, handled_at, inspected_at))
);
comment on table cases is 'grid cases; id = <division>-C-<serial>, division = the community (or street) of the case';
comment on column cases.grid is 'code of the grid cell, in the same division';
comment on column cases.category is 'full category code, type + major + minor, e.g. 10101';
comment on column cases.condition_id is 'filing condition: it sets the limit';
comment on column cases.flow_state is 'state of the case flow, finer than status, e.g. PENDING_DISPATCH, RETURNED_TO_DISPATCHER, FEEDBACK_ACCEPTOR, ARCHIVED';
comment on column cases.department is 'handling department';
comment on column cases.component is 'component identifier where the case is about a component, in the same division';
comment on column cases.request is 'id of the 12345 request that the case was made from, in the same division';
comment on column cases.filed_at is 'null until filed; a case may be voided without having been filed';
comment on column cases.handled_at is 'the last time that the department confirmed the result';
comment on column cases.ended_at is 'closed or voided; infinity while open. A column, since row security keeps an expression out of an index range';
comment on column cases.handle_due_at is 'deadline of the handling clock; null until dispatched';
comment on column cases.due_at is 'deadline of the whole case; null until filed';
comment on column cases.total_seconds is 'used seconds of the case clock (by its limit unit), pauses left out; null until closed';
comment on column cases.paused_seconds is 'seconds that the case was suspended';
comment on column cases.filed_on_time is 'filed within the accept clock; null until filed';
comment on column cases.handled_on_time is 'null until handled';
comment on column cases.on_time is 'closed no later than due_at; null until closed';

create table case_stages (
  case_id         text collate "C" not null,
  seq             smallint not null,
  division        text collate "C" not null,
  action          text not null,
  at              timestamptz not null,
  actor_name      text,
  actor_phone     text,
  actor_post      text,
  department      text collate "C",
  reason          text,
  from_status     text,
  to_status       text,
  due_at          timestamptz,
  elapsed_seconds integer,
  primary key (case_id, seq)
);
comment on table case_stages is 'append-only flow record: seq from 1 in the order of `at`; division = that of the case';
comment on column case_stages.action is 'REPORT VERIFY FILE VOID DISPATCH ASSIGN HANDLE FORWARD RETURN REWORK EXTEND SUSPEND RESUME INSPECT CLOSE ARCHIVE';
comment on column case_stages.from_status is 'case status before; null for the report';
comment on column case_stages.due_at is 'deadline of the clock that the step stopped';
comment on column case_stages.elapsed_seconds is 'seconds since the step before';

create table requests (
  id              text collate "C" primary key,
  division        text collate "C" not null,
  kind            text not null check (kind in ('INQUIRY', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'PRAISE')),
  category        text collate "C" not null,
  status          text not null check (status in ('RECEIVED', 'DISPATCHED', 'RETURNED', 'HANDLING', 'ANSWERED', 'CALLED_BACK', 'CLOSED')),
  title           text not null,
  content         text,
  grid            text collate "C",
  address         text,
  longitude       double precision,
  latitude        double precision,
  requester_name  text,
  requester_phone text,
  received_at     timestamptz not null,
  dispatched_at   timestamptz,
  due_at          timestamptz,
  answered_at     timestamptz,
  called_back_at  timestamptz,
  closed_at       timestamptz,
  ended_at        timestamptz not null generated always as (coalesce(closed_at, 'infinity'::timestamptz)) stored,
  first_receiver  text collate "C",
  handler         text collate "C",
  return_count    smallint not null default 0,
  valid_callback  boolean,
  responded       boolean,
  resolved        boolean,
  satisfied       text check (satisfied in ('SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED')),
  case_id         text collate "C",
  check (received_at <= least(dispatched_at, due_at, answered_at, called_back_at, closed_at)),
  check (closed_at >= greatest(received_at, dispatched_at, answered_at, called_back_at)),
  check (called_back_at is not null or (valid_callback is null and responded is null and resolved is null and satisfied is null))
);
comment on table requests is 'requests of citizens and companies to 12345; id = <division>-R-<serial>, division = the community (or street) it is about';
comment on column requests.category is 'hotline class, a leaf of the three-level tree';
comment on column requests.first_receiver is 'department that answers for the request from the first dispatch on';
comment on column requests.handler is 'department that handles it now';
comment on column requests.valid_callback is 'the requester was reached and judged: only these count in the three rates; null until called back';
comment on column requests.case_id is 'grid case made from the request, in the same division';

create table request_stages (
  request_id      text collate "C" not null,
  seq             smallint not null,
  division        text collate "C" not null,
  action          text not null,
  at              timestamptz not null,
  actor_name      text,
  actor_phone     text,
  actor_post      text,
  department      text collate "C",
  reason          text,
  due_at          timestamptz,
  elapsed_seconds integer,
  primary key (request_id, seq)
);
comment on table request_stages is 'flow record of a request: RECEIVE DISPATCH RETURN ANSWER CALL_BACK CLOSE, seq from 1';

create table facilities (
  id            text collate "C" primary key,
  division      text collate "C" not null,
  kind          text not null check (kind in ('PUBLIC_TOILET', 'PARKING', 'DRINKING_WATER', 'PARK', 'SHELTER', 'CHARGING', 'SERVICE_CENTRE')),
  name          text not null,
  address       text,
  longitude     double precision not null,
  latitude      double precision not null,
  opening_hours text,
  capacity      integer,
  available     integer,
  operator      text collate "C",
  barrier_free  boolean
);
comment on table facilities is 'public facilities, open data; id = <division>-F-<serial>';
comment on column facilities.opening_hours is 'OpenStreetMap form, e.g. 24/7 or Mo-Su 06:00-22:00';
comment on column facilities.capacity is 'places: stalls, parking lots, chargers, beds';

create table monitoring_points (
  id        text collate "C" primary key,
  division  text collate "C" not null,
  field     text not null,
  name      text not null,
  longitude double precision,
  latitude  double precision,
  metric    text not null,
  unit      text not null,
  status    text not null check (status in ('NORMAL', 'ABNORMAL', 'MAINTENANCE', 'DISCARDED')),
  latest    double precision,
  latest_at timestamptz
);
comment on table monitoring_points is 'lifeline sensors; id = <division>-M-<serial>; field: GAS UTILITY_TUNNEL CONFINED_SPACE DRAINAGE WATER_SUPPLY HEATING BRIDGE ROAD WEATHER';

create table alarms (
  id              text collate "C" primary key,
  division        text collate "C" not null,
  point           text collate "C" not null,
  level           text not null check (level in ('LEVEL_1', 'LEVEL_2', 'LEVEL_3', 'LEVEL_4')),
  field           text not null,
  metric          text not null,
  value           double precision not null,
  threshold       double precision not null,
  raised_at       timestamptz not null,
  acknowledged_at timestamptz,
  resolved_at     timestamptz,
  check (raised_at <= least(acknowledged_at, resolved_at))
);
comment on table alarms is 'id = <division>-A-<serial>; division and field are those of the point; LEVEL_1 is the gravest';

create table enforcement_cases (
  id         text collate "C" primary key,
  division   text collate "C" not null,
  category   text collate "C",
  department text collate "C",
  subject    text not null,
  party      text,
  basis      text,
  decision   text,
  fine_yuan  numeric(14, 2),
  status     text not null check (status in ('FILED', 'INVESTIGATING', 'DECIDED', 'EXECUTED', 'CLOSED', 'WITHDRAWN')),
  filed_at   timestamptz not null,
  decided_at timestamptz
);
comment on table enforcement_cases is 'administrative penalty cases of urban management; id = <division>-E-<serial>';

create table property_companies (
  code        text collate "C" primary key check (code ~ '^[0-9A-Z]{18}$'),
  division    text collate "C" not null,
  name        text not null,
  grade       text not null check (grade in ('A', 'B', 'C', 'D', 'E')),
  score       double precision not null,
  list        text check (list in ('RED', 'BLACK')),
  list_reason text,
  communities text[] not null default '{}',
  rated_on    date not null
);
comment on table property_companies is 'credit list of property companies; division = the county that rates the company, communities = codes of those it serves there';

create table monthly_topics (
  id       text collate "C" primary key,
  division text collate "C" not null,
  month    text collate "C" not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  title    text not null,
  category text collate "C" not null,
  lead     text collate "C"
);
comment on table monthly_topics is 'topics that a city works off in a month; id = <city>-T-<serial>. Every platform inside the city (district, street) holds a copy of the city''s rows, as each counts its own requests';
comment on column monthly_topics.category is 'hotline class that names the topic; its requests are those of monthly_topic_categories';

create table monthly_topic_categories (
  topic    text collate "C" not null,
  division text collate "C" not null,
  category text collate "C" not null,
  primary key (topic, category)
);
comment on table monthly_topic_categories is 'hotline classes whose requests belong to a topic; a class stands for all whose code begins with it';
