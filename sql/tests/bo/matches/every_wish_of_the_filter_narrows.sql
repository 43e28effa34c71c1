begin;
select plan(10);

select test.freeze_clock('2026-02-06T01:00:00Z');
select test.apply(letters => array[test.dead_letter(1)]);
select test.freeze_clock('2026-02-06T02:00:00Z');
select test.apply(letters => array[test.dead_letter(2, error => 'contract_core_violation', key => '\xff')]);
update bo.consumer_dlq_events set topic = 'payment.order.upserted', status = 'PARKED' where "offset" = 2;

create function pg_temp.found(filter bo.dead_letter_filter) returns bigint [] language sql
return array(select letter."offset" from bo.consumer_dlq_events as letter where bo.matches(letter, filter) order by 1);

select is(pg_temp.found(test.letters()), '{1,2}', 'no wish');
select is(pg_temp.found(test.letters(topic => 'payment.order.upserted')), '{2}', 'topic');
select is(pg_temp.found(test.letters(error => 'parse_error')), '{1}', 'error');
select is(pg_temp.found(test.letters(since => '2026-02-06T02:00:00Z')), '{2}', 'since, which belongs to it');
select is(pg_temp.found(test.letters(until => '2026-02-06T02:00:00Z')), '{1}', 'until, which does not');
select is(pg_temp.found(test.letters(key => '\xff')), '{2}', 'key');
select is(pg_temp.found(test.letters(from_id => test.dlq_id(2))), '{2}', 'ids from');
select is(pg_temp.found(test.letters(to_id => test.dlq_id(1))), '{1}', 'ids to');
select is(pg_temp.found(test.letters(statuses => '{PARKED,DISCARDED}')), '{2}', 'states');
select is(pg_temp.found(test.letters(topic => 'payment.order.upserted', error => 'parse_error')), '{}', 'all of them at once');

select * from finish();
rollback;
