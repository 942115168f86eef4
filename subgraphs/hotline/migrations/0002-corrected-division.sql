-- The division of a request may be corrected. Its flow record follows in the same statement: row security goes by both.

create function follow_request_division() returns trigger
language plpgsql
as $$
begin
  update request_stages set division = new.division where request_id = new.id and division <> new.division;
  return null;
end
$$;

create trigger request_division after update of division on requests
  for each row when (old.division is distinct from new.division) execute function follow_request_division();
