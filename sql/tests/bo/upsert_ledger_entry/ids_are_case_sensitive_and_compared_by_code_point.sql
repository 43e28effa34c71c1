begin;
select plan(1);

select is(
  test.apply_ledger(
    test.ledger_event('tx-a'), test.ledger_event('TX-A'), test.ledger_event('tx-a '), test.ledger_event(U&'caf\00E9'),
    test.ledger_event(U&'cafe\0301'), test.ledger_event(''',"\{}%s'), test.ledger_event('거래-1')
  ),
  '7 inserted', 'ids that differ in any code point are different ids'
);

select * from finish();
rollback;
