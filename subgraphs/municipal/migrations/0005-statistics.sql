-- Statistics count steps, too: the ranges of time and division in which they lie.

create index case_stages_at on case_stages (at, action);
create index case_stages_division on case_stages (division, at);
