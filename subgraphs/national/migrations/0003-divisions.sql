-- Divisions change: what came before each, and city clusters. Divisions are loaded anew, with those of the past.

alter table divisions add column predecessors text[] not null default '{}';
comment on column divisions.predecessors is 'codes of the divisions of which it took over all or a part';

create table city_clusters (
  id        text collate "C" primary key,
  ordinal   integer not null,
  name      text not null,
  members   text[] not null,
  source    text not null,
  certainty text not null check (certainty in ('sure', 'memory')),
  note      text
);
comment on column city_clusters.members is 'canonical codes';

delete from reference_versions where part = 'divisions';

select watch_reference('city_clusters');
-- Events and what a code was on a day come with the program: a new version of the standard renews the version here.
select watch_reference('reference_versions');
