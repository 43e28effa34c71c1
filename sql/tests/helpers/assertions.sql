-- The stronger event wins over the weaker one whichever comes first, in two batches or in one.
-- Rows are compared as text, so that 1.0 and 1.00 differ.
create function test.beats(stronger bo.ledger_event, weaker bo.ledger_event, description text)
returns text
language plpgsql
as $$
declare
  v_tx_id constant text := stronger.tx_id;
  v_way text;
  v_seen text[];
begin
  foreach v_way in array array['stronger first', 'weaker first', 'one batch', 'one batch reversed'] loop
    stronger.tx_id := v_tx_id || ' ' || v_way;
    weaker.tx_id := stronger.tx_id;
    v_seen := v_seen || case v_way
      when 'stronger first' then test.upsert(stronger) || ', ' || test.upsert(weaker)
      when 'weaker first' then test.upsert(weaker) || ', ' || test.upsert(stronger)
      when 'one batch' then test.apply_ledger(stronger, weaker)
      else test.apply_ledger(weaker, stronger)
    end;
    if not exists (select from bo.ledger_entries as entry where bo.as_event(entry)::text = stronger::text) then
      v_seen := v_seen || (v_way || ': the stronger one is not stored');
    end if;
  end loop;
  return is(
    v_seen, array['inserted, stale', 'inserted, updated', '1 inserted, 1 stale', '1 inserted, 1 stale'], description
  );
end;
$$;

create function test.beats(stronger bo.payment_order_event, weaker bo.payment_order_event, description text)
returns text
language plpgsql
as $$
declare
  v_order_id constant text := stronger.order_id;
  v_way text;
  v_seen text[];
begin
  foreach v_way in array array['stronger first', 'weaker first', 'one batch', 'one batch reversed'] loop
    stronger.order_id := v_order_id || ' ' || v_way;
    weaker.order_id := stronger.order_id;
    v_seen := v_seen || case v_way
      when 'stronger first' then test.upsert(stronger) || ', ' || test.upsert(weaker)
      when 'weaker first' then test.upsert(weaker) || ', ' || test.upsert(stronger)
      when 'one batch' then test.apply_orders(stronger, weaker)
      else test.apply_orders(weaker, stronger)
    end;
    if not exists (select from bo.payment_orders as payment_order where bo.as_event(payment_order)::text = stronger::text) then
      v_seen := v_seen || (v_way || ': the stronger one is not stored');
    end if;
  end loop;
  return is(
    v_seen, array['inserted, stale', 'inserted, updated', '1 inserted, 1 stale', '1 inserted, 1 stale'], description
  );
end;
$$;

create function test.pairs_are_right(description text)
returns text
language sql
as $$
  select set_eq(
    'select payment_order_id, payment_tx_id, receive_tx_id, payer_wallet_id, payee_wallet_id, pairing_status,
            payment_entry_count, receive_entry_count, has_extra_entries, payment_amount, receive_amount
     from bo.payment_ledger_pairs',
    'select * from test.expected_pairs()',
    description
  );
$$;
