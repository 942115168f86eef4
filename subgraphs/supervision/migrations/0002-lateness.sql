-- Lateness is derived from deadlines and clock, never stored; an order may have a deadline for signing beside that for the answer.

alter table supervision_orders add column sign_by timestamptz;
comment on column supervision_orders.sign_by is 'when the order must be signed for; null if no deadline was set';
comment on column supervision_orders.deadline is 'when the order must be answered; null if no deadline was set';

-- What was stored as OVERDUE is open: a word from the addressee shows that it works on the order. It stays late by its deadline.
update supervision_orders as o
set status = case when exists (select 1 from order_answers a where a.order_id = o.id) then 'HANDLING' else 'ISSUED' end
where status = 'OVERDUE';

alter table supervision_orders drop constraint supervision_orders_status_check;
alter table supervision_orders add constraint supervision_orders_status_check check (
  status in ('ISSUED', 'ACKNOWLEDGED', 'HANDLING', 'ANSWERED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')
);
