begin;
select plan(1);

-- Pages that other tests have left empty would be sampled too.
truncate bo.ledger_entries, bo.payment_ledger_pairs;
select test.apply_ledger(
  test.ledger_event('tx-1', related_id => 'po-typed'), test.ledger_event('tx-2', related_id => 'po-untyped', related_type => null),
  test.ledger_event('tx-3', entry_type => 'RECEIVE', related_id => 'po-received'),
  test.ledger_event('tx-4', related_id => 'campaign-1', related_type => 'CAMPAIGN'),
  test.ledger_event('tx-5', entry_type => 'FEE', related_id => 'po-fee'), test.ledger_event('tx-6', related_id => null)
);
delete from bo.payment_ledger_pairs;
insert into bo.payment_ledger_pairs (payment_order_id, payment_entry_count, receive_entry_count)
values ('po-superfluous', 0, 0), ('campaign-2', 0, 0);

select set_eq(
  'select unnest(bo.sample_order_ids(100))', array['po-typed', 'po-untyped', 'po-received', 'po-superfluous', 'campaign-2'],
  'ids of payments, and of pairs'
);

select * from finish();
rollback;
