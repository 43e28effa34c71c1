-- Deploy tx_lookup:payment_orders to pg
begin;
set local role bo_owner;
set local lock_timeout = '5s';

create table bo.payment_orders (
    order_id text collate "C" not null,
    user_id text collate "C",
    merchant_name text,
    amount numeric not null,
    status text not null,
    created_at timestamptz not null,
    updated_at timestamptz,
    source_version bigint,
    record_timestamp timestamptz not null,
    ingested_at timestamptz not null,
    constraint payment_orders_pkey primary key (order_id)
) with (fillfactor = 85);

comment on table bo.payment_orders is 'The winning version of each payment order; written by bo.apply_batch() only, never deleted';
comment on column bo.payment_orders.order_id is 'Id of the order, opaque; compared by code point like every id';
comment on column bo.payment_orders.user_id is 'Who ordered';
comment on column bo.payment_orders.merchant_name is 'Shown name of the merchant';
comment on column bo.payment_orders.amount is 'As sent, scale included';
comment on column bo.payment_orders.status is 'Free text as sent; bo_api.status_group() groups it';
comment on column bo.payment_orders.created_at is 'When the order was made, by the producer';
comment on column bo.payment_orders.updated_at is 'When the order was last changed; second key of the winning order';
comment on column bo.payment_orders.source_version is 'Version of the source row; first key of the winning order';
comment on column bo.payment_orders.record_timestamp is 'Timestamp of the Kafka record; third key of the winning order';
comment on column bo.payment_orders.ingested_at is 'When this version was applied here';

commit;
