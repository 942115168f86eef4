-- The tables that the reference data (`@reference` in the schema) are read from.

select watch_reference('divisions');
select watch_reference('categories');
select watch_reference('filing_conditions');
select watch_reference('standards');
select watch_reference('regulations');
select watch_reference('evaluation_schemes');
select watch_reference('scheme_indicators');
