create or replace function bo.upsert_ledger_entry(
    p_tx_id text,
    p_wallet_id text,
    p_entry_type text,
    p_amount numeric,
    p_amount_signed numeric,
    p_related_id text,
    p_related_type text,
    p_event_time timestamptz,
    p_created_at timestamptz,
    p_updated_at timestamptz default null,
    p_source_version bigint default null,
    p_record_timestamp timestamptz default null
)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_result constant bo.batch_result := bo.apply_batch(
    null, null,
    array[row(
      p_tx_id, p_wallet_id, p_entry_type, p_amount, p_amount_signed, p_related_id, p_related_type, p_event_time, p_created_at,
      p_updated_at, p_source_version, p_record_timestamp
    )::bo.ledger_event],
    null, null
  );
begin
  return bo.outcome_of(v_result);
end;
$$;

comment on function bo.upsert_ledger_entry(
  text, text, text, numeric, numeric, text, text, timestamptz, timestamptz, timestamptz, bigint, timestamptz
) is 'Applies one ledger event; returns inserted, updated, duplicate or stale';
