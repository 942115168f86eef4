-- Requests and monthly topics are the hotline's (subgraph `hotline`): one platform for a city and all its districts. Rows that
-- are here stay here, whole, in a schema of their own that no query reads: the hotline's migration takes them over if the server
-- serves the hotline, too; otherwise an operator moves them to the hotline of the city (docs/operating.md). Nothing stays of
-- tables without rows.

create schema municipal_hotline;
comment on schema municipal_hotline is 'requests and monthly topics from the time before the hotline had tables of its own';
alter table requests set schema municipal_hotline;
alter table request_stages set schema municipal_hotline;
alter table monthly_topics set schema municipal_hotline;
alter table monthly_topic_categories set schema municipal_hotline;

do $$ begin
  if not exists (select from municipal_hotline.requests)
    and not exists (select from municipal_hotline.request_stages)
    and not exists (select from municipal_hotline.monthly_topics)
    and not exists (select from municipal_hotline.monthly_topic_categories)
  then
    drop table municipal_hotline.requests, municipal_hotline.request_stages,
      municipal_hotline.monthly_topics, municipal_hotline.monthly_topic_categories;
    drop schema municipal_hotline;
  end if;
end $$;

comment on column cases.request is 'id of the 12345 request that the case was made from: a row of the city''s hotline';
