-- Deploy tx_lookup:payment_ledger_pairs to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

create table bo.payment_ledger_pairs (
    payment_order_id text collate "C" not null,
    payment_tx_id text collate "C",
    receive_tx_id text collate "C",
    payer_wallet_id text collate "C",
    payee_wallet_id text collate "C",
    pairing_status text not null generated always as (
        case when payment_tx_id is not null and receive_tx_id is not null then 'COMPLETE' else 'INCOMPLETE' end
    ) stored,
    payment_event_time timestamptz,
    receive_event_time timestamptz,
    payment_entry_count integer not null,
    receive_entry_count integer not null,
    has_extra_entries boolean not null generated always as (payment_entry_count > 1 or receive_entry_count > 1) stored,
    constraint payment_ledger_pairs_pkey primary key (payment_order_id),
    constraint payment_slot_is_whole check (
        (payment_entry_count > 0) = (payment_tx_id is not null)
        and (payment_entry_count > 0) = (payer_wallet_id is not null)
        and (payment_entry_count > 0) = (payment_event_time is not null)
    ),
    constraint receive_slot_is_whole check (
        (receive_entry_count > 0) = (receive_tx_id is not null)
        and (receive_entry_count > 0) = (payee_wallet_id is not null)
        and (receive_entry_count > 0) = (receive_event_time is not null)
    )
) with (fillfactor = 70);

comment on table bo.payment_ledger_pairs is 'The two halves of each payment: at every commit what bo.computed_pairs() makes of the ledger';
comment on column bo.payment_ledger_pairs.payment_order_id is 'related_id of the entries';
comment on column bo.payment_ledger_pairs.payment_tx_id is 'PAYMENT entry least by (event_time, tx_id)';
comment on column bo.payment_ledger_pairs.receive_tx_id is 'RECEIVE entry least by (event_time, tx_id)';
comment on column bo.payment_ledger_pairs.payer_wallet_id is 'Wallet of the PAYMENT entry';
comment on column bo.payment_ledger_pairs.payee_wallet_id is 'Wallet of the RECEIVE entry';
comment on column bo.payment_ledger_pairs.pairing_status is 'COMPLETE with both slots filled, else INCOMPLETE';
comment on column bo.payment_ledger_pairs.payment_event_time is 'event_time of the PAYMENT entry';
comment on column bo.payment_ledger_pairs.receive_event_time is 'event_time of the RECEIVE entry';
comment on column bo.payment_ledger_pairs.payment_entry_count is 'Eligible PAYMENT entries of the order';
comment on column bo.payment_ledger_pairs.receive_entry_count is 'Eligible RECEIVE entries of the order';
comment on column bo.payment_ledger_pairs.has_extra_entries is 'More than one entry in a slot';

commit;
