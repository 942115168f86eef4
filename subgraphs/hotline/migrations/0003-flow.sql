-- What the flow of a request needs beside its status: signing, the ruling on a return, answers at once and in time, the
-- second handling, and in the flow record who acted and what the requester said. The standard's table of transitions
-- (`request-transitions.json`) says what each act does. Rows from before keep null where nothing tells.

alter table requests
  add column flow_state        text,
  add column urgent            boolean not null default false,
  add column sign_due_at       timestamptz,
  add column signed_at         timestamptz,
  add column signed_on_time    boolean generated always as (signed_at <= sign_due_at) stored,
  add column contacted_at      timestamptz,
  add column answered_on_time  boolean generated always as (answered_at <= due_at) stored,
  add column answered_at_once  boolean not null generated always as (answered_at is not null and dispatched_at is null) stored,
  add column second_handled_at timestamptz,
  add column return_ruling     text check (return_ruling in ('ACCEPTED', 'REFUSED')),
  add column extension_count   smallint not null default 0,
  add column excluded          boolean not null default false;

comment on column requests.flow_state is 'state of the flow, finer than status; the states are those of request-transitions.json';
comment on column requests.urgent is 'is to be signed for within hours';
comment on column requests.first_receiver is 'department that answers for the request: the first that got it, and after a valid return the next';
comment on column requests.sign_due_at is 'deadline by which the unit signs for it; null until dispatched, and while a return is ruled on';
comment on column requests.signed_at is 'when the unit signed for it (签收)';
comment on column requests.contacted_at is 'when the unit first contacted the requester';
comment on column requests.due_at is 'deadline of the answer: set by the first dispatch, moved by extensions and valid returns alone; null while it waits to be dispatched again';
comment on column requests.answered_at is 'the first answer; a second handling does not change it';
comment on column requests.answered_on_time is 'answered no later than due_at; null until answered, and if it was answered at once';
comment on column requests.answered_at_once is 'answered by the operator without an order';
comment on column requests.called_back_at is 'the last callback, which counts in the rates';
comment on column requests.second_handled_at is 'when it was given back to the unit after an unsatisfactory callback';
comment on column requests.return_ruling is 'the ruling on its return; null if it was never returned, or is not ruled on';
comment on column requests.excluded is 'left out of the rates by two persons; listed, never deleted';

alter table request_stages
  add column officer        text collate "C",
  add column valid_callback boolean,
  add column responded      boolean,
  add column resolved       boolean,
  add column satisfied      text check (satisfied in ('SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED'));
comment on column request_stages.action is 'an act of request-transitions.json';
comment on column request_stages.actor_post is 'the role in which somebody acted, by request-transitions.json';
comment on column request_stages.officer is 'id of the officer who acted; null for the public, the system, and rows from before the column';
comment on column request_stages.valid_callback is 'of a callback: the requester was reached and judged';
