begin;
select plan(2);

select set_eq(
  'select distinct grantee from test.privileges', array['bo_owner', 'bo_consumer', 'bo_admin_api', 'bo_operator'],
  'beside the owner there are three'
);
select is_empty('select * from test.privileges where is_grantable and grantee <> ''bo_owner''', 'and they can''t pass theirs on');

select * from finish();
rollback;
