begin;
select plan(2);

select ok(bo_api.ping(), 'where audit rows can be written');
set transaction read only;
select ok(not bo_api.ping(), 'not on a standby, nor in a session that may only read');

select * from finish();
rollback;
