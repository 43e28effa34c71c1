begin;
select plan(1);

select is_empty($$ select object, privilege from test.privileges where grantee = 'PUBLIC' $$, 'schemas, tables, views, columns, sequences, functions and types');

select * from finish();
rollback;
