-- The organisation directory: which organisation has which code, where it belongs, and what became of it. It is public, as the
-- register of unified social credit codes is, and is reference data: its version changes with every change of a row.

create table organisations (
  code       text collate "C" primary key check (code ~ '^[0-9A-Z]{18}$'),
  name       text not null,
  division   text collate "C" not null,
  serves     text[] not null check (cardinality(serves) > 0),
  tier       text not null check (tier in ('NATIONAL', 'PROVINCIAL', 'MUNICIPAL', 'DISTRICT', 'STREET')),
  parent     text collate "C" check (parent <> code),
  valid_from date,
  valid_to   date check (valid_to > valid_from),
  successor  text collate "C" check (successor is null or (successor <> code and valid_to is not null))
);
comment on column organisations.code is 'opaque: characters 3 to 8 name who registered the organisation, not where it works';
comment on column organisations.division is 'the division whose government runs it; its platform holds its row';
comment on column organisations.serves is 'the divisions that it serves; usually one';
comment on column organisations.valid_to is 'first day on which it no longer exists';
comment on column organisations.successor is 'code of the organisation that took over its duties';

create index organisations_division on organisations (division, code);
create index organisations_serves on organisations using gin (serves);

select publish('organisations');
select watch_reference('organisations');

-- Parties of grants are of the division that the directory names, whatever their code begins with.
alter table grant_parties drop constraint grant_parties_check;
comment on column grant_parties.division is 'the division of the party in the organisation directory';
