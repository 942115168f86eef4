-- Which classes of the hotline and of the grid are about the same, and whether a regulation is in force.

create table category_counterparts (
  category    text collate "C" not null,
  counterpart text collate "C" not null,
  primary key (category, counterpart)
);
comment on table category_counterparts is 'both directions: one of the two is a leaf of the hotline''s tree, the other a component or an event';

alter table regulations
  add column status    text check (status in ('IN_FORCE', 'REPLACED', 'REPEALED')),
  add column successor text collate "C",
  add check (successor is null or status = 'REPLACED');

select watch_reference('category_counterparts');
