-- What the flow of a case needs beside its state: the clocks of the side tasks, the transfer to another platform, the appeal
-- against overdue, and in the flow record who acted, whom an act names and until when it suspends. The standard's table of transitions
-- (`transitions.json`) says what each act does.

alter table cases
  add column transferred_at timestamptz,
  add column verify_due_at  timestamptz,
  add column inspect_due_at timestamptz,
  add column appeal         text check (appeal in ('ASKED', 'REFUSED', 'GRANTED'));

-- A transferred case ends here, and goes on at its new owner: void or transferred.
alter table cases drop constraint cases_check2;
alter table cases add constraint cases_void_or_transferred
  check ((status = 'VOIDED') = (voided_at is not null or transferred_at is not null));

-- PostgreSQL 15 cannot change the expression of a column.
alter table cases drop column ended_at;
alter table cases add column ended_at timestamptz not null
  generated always as (coalesce(closed_at, voided_at, transferred_at, 'infinity'::timestamptz)) stored;
alter table cases add constraint cases_ended_last
  check (ended_at >= greatest(reported_at, verified_at, filed_at, dispatched_at, handled_at, inspected_at));
create index cases_lifetime on cases (ended_at, reported_at);

comment on column cases.flow_state is 'state of the case flow, finer than status; the states are those of transitions.json';
comment on column cases.ended_at is 'closed, voided or transferred; infinity while open. A column, since row security keeps an expression out of an index range';
comment on column cases.verified_at is 'when the side task before the filing was last answered';
comment on column cases.filed_at is 'the first filing; null until then, and a case may be voided without having been filed';
comment on column cases.inspected_at is 'when the side task before the closing was last answered';
comment on column cases.transferred_at is 'handed to another platform, where it goes on under another id with the same deadline';
comment on column cases.verify_due_at is 'deadline of the side task before the filing; null if there was none';
comment on column cases.dispatch_due_at is 'deadline of the dispatch clock, which starts anew after a return';
comment on column cases.handle_due_at is 'deadline of the handling clock; null until dispatched, and while the clock stands still without an end date';
comment on column cases.inspect_due_at is 'deadline of the side task before the closing; null until it is sent';
comment on column cases.due_at is 'deadline of the whole case: set by the first filing, moved by extensions and suspensions alone';
comment on column cases.dispatch_seconds is 'used by the dispatch clock since it last started; null until dispatched';
comment on column cases.paused_seconds is 'suspended, in seconds of the limit''s own time; a suspension counts when it is over';
comment on column cases.appeal is 'the department''s appeal against overdue; a granted one leaves the fact and takes the case out of statistics';

alter table case_stages
  add column officer         text collate "C",
  add column receiver        text collate "C",
  add column suspended_until timestamptz;
comment on column case_stages.action is 'an act of transitions.json';
comment on column case_stages.actor_post is 'the role in which somebody acted, by transitions.json; PUBLIC and SYSTEM have no officer';
comment on column case_stages.officer is 'id of the officer who acted; null for the public, the system, and rows from before the column';
comment on column case_stages.receiver is 'id of the officer whom the act names: the collector of a side task, the handler, the acceptor who closes';
comment on column case_stages.suspended_until is 'end date of a suspension';
comment on column case_stages.due_at is 'deadline of the clock that the step stopped, paused or moved, as it was before';
comment on column officers.post is 'COLLECTOR ACCEPTOR SHIFT_LEADER DISPATCHER, and of a department HANDLING_DEPARTMENT (its desk) HANDLER ENFORCER';
