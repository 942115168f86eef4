-- Rows for the public: of a table that holds others as well, the audience `open` sees those alone that meet a condition.
-- Restrictive, so that no other policy shows it more; without a setting the caller is the public.

create function open_rows(guarded regclass, condition text) returns void
language plpgsql
as $$
begin
  execute format($policy$
    create policy open_rows on %1$s as restrictive for select to yiwang_platform using (
      (select coalesce(nullif(current_setting('yiwang.audience', true), ''), 'open')) <> 'open' or (%2$s)
    )$policy$, guarded, condition);
end
$$;
