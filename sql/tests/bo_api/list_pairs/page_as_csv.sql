begin;
select plan(1);

select test.freeze_clock('2026-02-05T01:10:00Z');
select test.apply(
  array[
    test.ledger_event('tx-1', 'wallet-1', 'PAYMENT', related_id => 'po-b', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-2', 'wallet-2', 'RECEIVE', related_id => 'po-a', event_time => '2026-02-05T01:00:00Z'),
    test.ledger_event('tx-3', 'wallet-1', 'PAYMENT', related_id => 'po-c', event_time => '2026-02-05T00:59:00Z'),
    test.ledger_event('tx-4', 'wallet-1', 'PAYMENT', related_id => 'po-d', event_time => '2026-02-05T01:09:00Z'),
    test.ledger_event('tx-5', 'wallet-1', 'PAYMENT', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z'),
    test.ledger_event('tx-6', 'wallet-2', 'RECEIVE', related_id => 'po-e', event_time => '2026-02-05T00:00:00Z')
  ]
);

select is(
  answer.body,
  'payment_order_id,payment_tx_id,receive_tx_id,payer_wallet_id,payee_wallet_id,pairing_status,waiting_since,pairing.reason,'
  || E'pairing.verdict,pairing.age_sec\r\n'
  || E'"po-c","tx-3",,"wallet-1",,"INCOMPLETE","2026-02-05T00:59:00Z","WAITING_FOR_RECEIVE","IN_FLIGHT",660\r\n', 'a line a pair'
)
from unnest(bo_api.list_pairs(array[test.lookup_request('', max_entries => 1, media_type => 'text/csv')])) as answer;

select * from finish();
rollback;
