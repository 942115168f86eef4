-- Row security: each table shows the rows inside the caller's scope; topics show where they reach into it. Departments and
-- their published lists are in everybody's reach: a street sees who handles its cases, though the department lies above it.

select publish('departments');
select guard('duties');
create policy published on duties for select to yiwang_platform using (published);
select guard('grid_cells');
select guard('officers');
select guard('components');
select guard('cases');
select guard('case_stages');
select guard('requests');
select guard('request_stages');
select guard('facilities');
select guard('monitoring_points');
select guard('alarms');
select guard('enforcement_cases');
select guard('property_companies');

-- The codes of a division and all below it are `division_low <= code < division_high`: its prefix, trimmed by pairs of zeros.
create function division_low(division text) returns text
language sql immutable parallel safe
return case
  when division = '100000' then ''
  when length(division) > 6 then division
  when right(division, 4) = '0000' then left(division, 2)
  when right(division, 2) = '00' then left(division, 4)
  else division
end collate "C";

create function division_high(division text) returns text
language sql immutable parallel safe
return case
  when division = '100000' then '~'
  else left(division_low(division), -1) || chr(ascii(right(division_low(division), 1)) + 1)
end collate "C";

-- A city's topic is for its districts too: whoever sees a part of the city sees the topic, and counts the requests of that part.
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
