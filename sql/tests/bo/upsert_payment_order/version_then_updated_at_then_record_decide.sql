begin;
select plan(6);

select test.beats(
  test.order_event(version => 10, updated_at => '2026-02-05T01:00:00Z'),
  test.order_event(version => 9, updated_at => '2026-02-06T01:00:00Z'),
  'the greater version wins, whatever the times'
);
select test.beats(
  test.order_event('po-2', version => -9223372036854775808, updated_at => null), test.order_event('po-2', version => null),
  'the least version wins over none'
);
select test.beats(
  test.order_event('po-3', updated_at => '2026-02-05T01:00:02Z', record_timestamp => '2026-02-05T01:00:00Z'),
  test.order_event('po-3', updated_at => '2026-02-05T01:00:01Z', record_timestamp => '2026-02-06T01:00:00Z'),
  'then the later updated_at'
);
select test.beats(
  test.order_event('po-4', updated_at => '0001-01-01T00:00:00Z'),
  test.order_event('po-4', updated_at => null, record_timestamp => '2026-02-06T01:00:00Z'),
  'the first of all days wins over no updated_at'
);
select test.beats(
  test.order_event('po-5', status => 'CREATED', record_timestamp => '2026-02-05T01:00:03Z'),
  test.order_event('po-5', status => 'SETTLED', record_timestamp => '2026-02-05T01:00:02Z'),
  'then the later record, whatever the text'
);
select test.beats(
  test.order_event('po-6', version => null, updated_at => null, record_timestamp => '2026-02-05T01:00:03Z'),
  test.order_event('po-6', version => null, updated_at => null, record_timestamp => '2026-02-05T01:00:02Z', status => 'Z'),
  'without version and updated_at too'
);

select * from finish();
rollback;
