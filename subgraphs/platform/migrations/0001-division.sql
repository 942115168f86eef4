-- Divisions in the database: the unit that a row is counted under, and the guard that narrows tables to a caller's scope.

-- The same rule as the standard's `divisionAt`, which a test compares it with. One expression, so that PostgreSQL inlines it.
create function division_at(division text, level text) returns text
language sql immutable parallel safe
return case level
  when 'COMMUNITY' then case when length(division) = 12 then division end
  when 'STREET' then case when length(division) >= 9 then left(division, 9) end
  when 'COUNTY' then case
    when division = '100000' then null
    when substr(division, 5, 2) <> '00' or left(division, 4) in ('4419', '4420', '4604') then left(division, 6)
  end
  when 'CITY' then case
    when division = '100000' then null
    when left(division, 2) in ('11', '12', '31', '50') then left(division, 2) || '0000'
    when length(division) = 6 and right(division, 4) = '0000' then null
    when left(division, 4) not in ('4190', '4290', '4690', '6590') then left(division, 4) || '00'
    when substr(division, 5, 2) <> '00' then left(division, 6)
  end
  when 'PROVINCE' then case when division <> '100000' then left(division, 2) || '0000' end
  when 'COUNTRY' then '100000'
end;

-- Rows outside the caller's scope are not there. The settings `yiwang.low` and `yiwang.high` are the outer range, which an
-- index serves; where the scope has holes, `yiwang.bounds` lists all its bounds, and only odd buckets between them are inside.
-- Without settings no row is there. `<> 0` and not `= 1`: the planner then expects nearly all rows of the range to pass.
create function guard(guarded regclass, division_column name default 'division') returns void
language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format($policy$
    create policy scope on %1$s for all to yiwang_platform using (
      %2$I >= current_setting('yiwang.low', true)
      and %2$I < current_setting('yiwang.high', true)
      and ((select coalesce(current_setting('yiwang.bounds', true), '')) = ''
        or width_bucket(%2$I, (select string_to_array(current_setting('yiwang.bounds', true), ','))) %% 2 <> 0)
    )$policy$, guarded, division_column);
end
$$;

-- Rows that are in everybody's reach although they have a division.
create function publish(published regclass) returns void
language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', published);
  execute format('create policy everybody on %s for select to yiwang_platform using (true)', published);
end
$$;
