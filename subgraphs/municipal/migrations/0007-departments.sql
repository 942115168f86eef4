-- A unified social credit code is opaque: characters 3 to 8 name the authority that registered a department, which need not
-- be the division whose government runs it. The module `departments` keeps the table from here on.

alter table departments drop constraint departments_check;
comment on column departments.division is 'the division whose government runs it';
