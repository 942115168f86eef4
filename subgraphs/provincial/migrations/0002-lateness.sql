-- Lateness of inspections and their tasks is derived from deadlines and clock, never stored.

-- A task that was stored as OVERDUE is in the state that its answer shows, and so is an inspection by its tasks.
update inspection_tasks set status = case when answer is null then 'ISSUED' else 'ANSWERED' end where status = 'OVERDUE';
update inspections as i
set status = case
  when not exists (select 1 from inspection_tasks t where t.inspection = i.id and t.status <> 'ISSUED') then 'ISSUED'
  when exists (select 1 from inspection_tasks t where t.inspection = i.id and t.answer is null and t.status <> 'WITHDRAWN') then 'HANDLING'
  else 'ANSWERED'
end
where status = 'OVERDUE';

alter table inspections add constraint inspections_status_check check (
  status in ('ISSUED', 'ACKNOWLEDGED', 'HANDLING', 'ANSWERED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')
);
alter table inspection_tasks add constraint inspection_tasks_status_check check (
  status in ('ISSUED', 'ACKNOWLEDGED', 'HANDLING', 'ANSWERED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')
);
