-- The course of an order, step by step: its status is where they lead. Orders of earlier versions have no stages.

create table order_stages (
  order_id    text collate "C" not null references supervision_orders on delete cascade,
  seq         integer not null check (seq >= 1),
  -- Of the order, so that the guard needs no join.
  division    text collate "C" not null,
  action      text not null,
  at          timestamptz not null,
  department  text collate "C",
  reason      text,
  from_status text,
  to_status   text not null,
  primary key (order_id, seq)
);
comment on table order_stages is 'actions and states of schema/data/orders.json';
comment on column order_stages.department is 'the department of the addressee that acted; null for the issuer, and if no platform of the network holds it';
create index order_stages_division on order_stages (division);

select guard('order_stages');
