-- The version of the platform's reference data: another one with every change, in the transaction of the change, so that
-- whoever reads it sees the data of that version or newer ones.

create table reference_state (
  single  boolean primary key default true check (single),
  version uuid not null default gen_random_uuid()
);
comment on table reference_state is 'one row: the version of all tables that are watched (watch_reference)';
insert into reference_state default values;

-- Random and not counted: a database that was made anew or restored does not come by a version that another state had.
-- As the owner, so that whoever may write a watched table needs no right here.
create function renew_reference_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update reference_state set version = gen_random_uuid();
  return null;
end
$$;

-- To be called for every table that reference data are read from. Before each statement and not after it: writers then wait
-- for each other here, where they hold no row yet, and cannot block one another.
create function watch_reference(watched regclass) returns void
language plpgsql
as $$
begin
  execute format(
    'create trigger reference_version before insert or update or delete or truncate on %s
       for each statement execute function renew_reference_version()', watched);
end
$$;
