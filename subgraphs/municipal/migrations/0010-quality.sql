-- Cases of a class in a community by time: quality looks for the same problem reported twice.

create index cases_place_class on cases (division, category, reported_at);
