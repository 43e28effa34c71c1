begin;
select plan(2);

create function pg_temp.tuples_read() returns bigint language sql volatile
return pg_stat_get_xact_tuples_returned('bo.consumer_dlq_events'::regclass)
  + pg_stat_get_xact_tuples_fetched('bo.consumer_dlq_events'::regclass);

select test.apply(letters => array(select test.dead_letter(number) from generate_series(1, 2000) as number));
select dlq_id as far_on from bo.consumer_dlq_events where "offset" = 1900 \gset
select pg_temp.tuples_read() as read_before \gset

select is(
  (select dlq_id from bo.claim_dead_letter(test.letters(from_id => :far_on, statuses => '{OPEN}'))), :far_on::bigint, 'the first from there on'
);
select cmp_ok(pg_temp.tuples_read() - :read_before, '<', 10::bigint, 'a long replay does not become slower');

select * from finish();
rollback;
