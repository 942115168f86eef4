-- Evaluations are of areas, or of departments and hotline units in them, and are public from their publication on.

alter table evaluations add column department text collate "C";
alter table evaluations add column published_at timestamptz;
comment on column evaluations.department is 'the department or hotline unit that is evaluated; null if the division itself is';
comment on column evaluations.published_at is 'when it was made public; null before';

-- Until this version every evaluation was shown to everybody.
update evaluations set published_at = now();

-- Two tiers may evaluate one division by one scheme, and one division has many departments.
alter table evaluations drop constraint evaluations_pkey;
create unique index evaluations_key on evaluations (scheme, division, coalesce(department, ''), month, evaluator);

-- Restrictive, so that no other policy shows more; without a setting the caller is the public.
create policy published on evaluations as restrictive for select to yiwang_platform using (
  (select coalesce(nullif(current_setting('yiwang.audience', true), ''), 'open')) = 'supervisor'
  or published_at <= (select now())
);
