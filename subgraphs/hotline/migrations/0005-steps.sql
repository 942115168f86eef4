-- Statistics count steps, too: the range of time in which they lie. Divisions are those of their requests.

create index request_stages_at on request_stages (at, action);
