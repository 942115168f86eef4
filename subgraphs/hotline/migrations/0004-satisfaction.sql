-- The judgement of a callback has four grades (非常满意 满意 基本满意 不满意).

alter table requests drop constraint if exists requests_satisfied_check;
alter table requests add constraint requests_satisfied_check
  check (satisfied in ('VERY_SATISFIED', 'SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED'));
alter table request_stages drop constraint if exists request_stages_satisfied_check;
alter table request_stages add constraint request_stages_satisfied_check
  check (satisfied in ('VERY_SATISFIED', 'SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED'));
