-- Supervision orders that this tier issued to divisions below it, and the answers that came back.

create table supervision_orders (
  id text collate "C" primary key,
  -- Whom the order was issued to: the row belongs there.
  division text collate "C" not null,
  issued_by text collate "C" not null,
  tier text not null check (tier in ('NATIONAL', 'PROVINCIAL', 'MUNICIPAL', 'DISTRICT', 'STREET')),
  subject text not null,
  status text not null check (
    status in ('ISSUED', 'ACKNOWLEDGED', 'HANDLING', 'ANSWERED', 'ACCEPTED', 'REJECTED', 'OVERDUE', 'WITHDRAWN')
  ),
  issued_at timestamptz not null,
  deadline timestamptz,
  case_id text collate "C",
  request_id text collate "C"
);
create index supervision_orders_issued on supervision_orders (issued_at desc, division, id);
create index supervision_orders_status on supervision_orders (status, issued_at desc, division, id);
create index supervision_orders_division on supervision_orders (division);

create table order_answers (
  order_id text collate "C" not null references supervision_orders on delete cascade,
  -- Of the order, so that the guard needs no join.
  division text collate "C" not null,
  answered_at timestamptz not null,
  department text collate "C",
  content text not null,
  primary key (order_id, answered_at)
);
create index order_answers_division on order_answers (division);

select guard('supervision_orders');
select guard('order_answers');
