begin;
select plan(2);

create temporary view job_locks as
select oid::regproc as job, substring(prosrc from 'c_job_lock constant integer := (\d+)') as number
from pg_proc
where pronamespace in ('bo'::regnamespace, 'bo_api'::regnamespace) and prosrc ~ 'c_job_lock constant';

select cmp_ok((select count(number) from job_locks), '>=', 3::bigint, 'the jobs are found');
select is_empty(
  $$ select number, array_agg(job) from job_locks group by number having count(*) > 1 $$, 'no job holds another one up'
);

select * from finish();
rollback;
