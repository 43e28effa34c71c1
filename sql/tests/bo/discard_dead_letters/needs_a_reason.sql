begin;
select plan(3);

select test.apply(letters => array[test.dead_letter()]);

select throws_ok('select test.discard(reason => null)', '23514', null, 'none');
select throws_ok('select test.discard(reason => '' '')', '23514', null, 'a blank one');
select is((select status from bo.consumer_dlq_events), 'OPEN', 'nothing is given up');

select * from finish();
rollback;
