-- The tables of a city's hotline: one intake for the whole city, districts included. Ids begin with the city; `division`, where
-- a request is about, is data of the row that a correction changes. Row security goes by it: a district sees the requests about
-- itself. Instants are timestamptz, department columns unified social credit codes.

-- The codes of a division and all below it are `division_low <= code < division_high`: its prefix, trimmed by pairs of zeros.
create or replace function division_low(division text) returns text
language sql immutable parallel safe
return case
  when division = '100000' then ''
  when length(division) > 6 then division
  when right(division, 4) = '0000' then left(division, 2)
  when right(division, 2) = '00' then left(division, 4)
  else division
end collate "C";

create or replace function division_high(division text) returns text
language sql immutable parallel safe
return case
  when division = '100000' then '~'
  else left(division_low(division), -1) || chr(ascii(right(division_low(division), 1)) + 1)
end collate "C";

-- A municipal platform that served requests before this subgraph did has the tables, with rows, indexes and guards.
do $$ begin
if to_regclass('municipal_hotline.requests') is not null then
  alter table municipal_hotline.requests set schema public;
  alter table municipal_hotline.request_stages set schema public;
  alter table municipal_hotline.monthly_topics set schema public;
  alter table municipal_hotline.monthly_topic_categories set schema public;
  drop schema municipal_hotline;
else
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
  create table monthly_topics (
    id       text collate "C" primary key,
    division text collate "C" not null,
    month    text collate "C" not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
    title    text not null,
    category text collate "C" not null,
    lead     text collate "C"
  );
  create table monthly_topic_categories (
    topic    text collate "C" not null,
    division text collate "C" not null,
    category text collate "C" not null,
    primary key (topic, category)
  );
  create index requests_division on requests (division, received_at);
  create index requests_lifetime on requests (ended_at, received_at);
  create index requests_received on requests (received_at);
  create index requests_due on requests (due_at);
  create index requests_due_desc on requests (due_at desc nulls last);
  create index requests_handler on requests (handler, received_at);
  create index monthly_topics_month on monthly_topics (month, division);
  perform guard('requests');
  perform guard('request_stages');
  -- A city's topic is for its districts too: whoever sees a part of the city sees the topic, with the requests of that part.
  alter table monthly_topics enable row level security;
  create policy scope on monthly_topics for all to yiwang_platform using (
    division_low(division) < current_setting('yiwang.high', true)
    and division_high(division) > current_setting('yiwang.low', true)
  );
  alter table monthly_topic_categories enable row level security;
  create policy scope on monthly_topic_categories for all to yiwang_platform using (
    division_low(division) < current_setting('yiwang.high', true)
    and division_high(division) > current_setting('yiwang.low', true)
  );
end if;
end $$;

comment on table requests is 'requests of citizens and companies to 12345; id = <city>-R-<serial>, division = the community (or street) it is about';
comment on column requests.category is 'hotline class, a leaf of the three-level tree';
comment on column requests.first_receiver is 'department that answers for the request from the first dispatch on';
comment on column requests.handler is 'department that handles it now';
comment on column requests.valid_callback is 'the requester was reached and judged: only these count in the three rates; null until called back';
comment on column requests.case_id is 'grid case made from the request: a row of the platform of the case''s division';
comment on table request_stages is 'flow record of a request, seq from 1; division = that of the request';
comment on table monthly_topics is 'topics that the city works off in a month; id = <city>-T-<serial>';
comment on column monthly_topics.category is 'hotline class that names the topic; its requests are those of monthly_topic_categories';
comment on table monthly_topic_categories is 'hotline classes whose requests belong to a topic; a class stands for all whose code begins with it';
