-- Duties are public by law as soon as they are published, and say which class they are about.

alter table duties add column category text collate "C";
comment on column duties.category is 'class of components, events or the hotline that the duty is about; null if it is about none';

select open_rows('duties', 'published');
