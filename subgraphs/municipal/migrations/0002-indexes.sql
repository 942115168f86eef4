-- Division ranges first (row security and `within` are ranges of it), then the keyset orders, then what statistics overlap.

create index departments_division on departments (division, code);
create index duties_division on duties (division, id);
create index duties_department on duties (department, kind, id);
create index grid_cells_division on grid_cells (division, code);
create index officers_division on officers (division, id);
create index components_division on components (division, code);

create index cases_division on cases (division, reported_at);
create index cases_lifetime on cases (ended_at, reported_at);
create index cases_reported on cases (reported_at);
create index cases_filed on cases (filed_at);
create index cases_filed_desc on cases (filed_at desc nulls last);
create index cases_due on cases (due_at);
create index cases_due_desc on cases (due_at desc nulls last);
create index cases_closed on cases (closed_at);
create index cases_closed_desc on cases (closed_at desc nulls last);
create index cases_department on cases (department, reported_at);

create index requests_division on requests (division, received_at);
create index requests_lifetime on requests (ended_at, received_at);
create index requests_received on requests (received_at);
create index requests_due on requests (due_at);
create index requests_due_desc on requests (due_at desc nulls last);
create index requests_handler on requests (handler, received_at);

create index facilities_division on facilities (division, id);
create index facilities_place on facilities (latitude, longitude);
create index monitoring_points_division on monitoring_points (division, id);
create index alarms_raised on alarms (raised_at);
create index alarms_division on alarms (division, raised_at);
create index alarms_point on alarms (point);
create index enforcement_cases_filed on enforcement_cases (filed_at);
create index enforcement_cases_division on enforcement_cases (division, filed_at);
create index property_companies_division on property_companies (division, code);
create index monthly_topics_month on monthly_topics (month, division);
