-- How a request came in (受理渠道). Rows from before keep null: nothing tells.

alter table requests
  add column channel text check (channel in ('PHONE', 'WEB', 'APP', 'WECHAT', 'MAILBOX', 'TRANSFER'));
