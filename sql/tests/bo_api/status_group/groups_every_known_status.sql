begin;
select plan(4);

select results_eq(
  $$ select distinct bo_api.status_group(status) from unnest('{SETTLED,COMPLETED,SUCCESS,SUCCEEDED,PAID}'::text []) as status $$,
  $$ values ('SUCCESS') $$, 'SUCCESS'
);
select results_eq(
  $$ select distinct bo_api.status_group(status) from unnest('{FAILED,CANCELLED,CANCELED,REJECTED,DECLINED}'::text []) as status $$,
  $$ values ('FAIL') $$, 'FAIL'
);
select results_eq(
  $$ select distinct bo_api.status_group(status) from unnest('{CREATED,PENDING,PROCESSING,AUTHORIZED}'::text []) as status $$,
  $$ values ('IN_PROGRESS') $$, 'IN_PROGRESS'
);
select results_eq(
  $$ select distinct bo_api.status_group(status) from unnest('{REFUNDED,UNKNOWN,"",SETTLED.,"SET TLED",정산,NULL}'::text []) as status $$,
  $$ values ('UNKNOWN') $$, 'UNKNOWN, also without a status'
);

select * from finish();
rollback;
