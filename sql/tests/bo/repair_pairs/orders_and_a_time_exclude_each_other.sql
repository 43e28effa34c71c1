begin;
select plan(1);

select throws_ok('select bo.repair_pairs(''{po-1}'', p_since => now())', '22023', 'Orders and a time exclude each other.', 'it is refused');

select * from finish();
rollback;
