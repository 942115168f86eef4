-- Statistics count steps, too: who took each, and the ranges of time and division in which they lie.

alter table case_stages add column officer text collate "C";
comment on column case_stages.officer is 'id of the officer who acted; null for the public, the system, and rows from before the column';

create index case_stages_at on case_stages (at, action);
create index case_stages_division on case_stages (division, at);
