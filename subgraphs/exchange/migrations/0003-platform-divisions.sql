-- A platform may answer for several divisions, such as an area of three counties.

alter table platforms add column divisions text[] not null default '{}';
update platforms set divisions = array[answers_for];
alter table platforms
  add check (answers_for = any (divisions)),
  drop column prefix;
comment on column platforms.answers_for is 'canonical code of its seat, one of its divisions';
comment on column platforms.divisions is 'canonical codes: of the divisions of the platforms of a subgraph, the one with the longest prefix of a code wins';
