-- The orders that were repaired (dry run: would be).
create function test.repair(order_ids text [] default null, dry_run boolean default false)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return array(select repaired.payment_order_id from bo.repair_pairs(order_ids, dry_run) as repaired);
end;
$$;

-- The same for the orders touched since a time.
create function test.repair_since(since timestamptz)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return array(select repaired.payment_order_id from bo.repair_pairs(p_since => since) as repaired);
end;
$$;

create function test.order_ids_touched_since(since timestamptz)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return bo.order_ids_touched_since(since);
end;
$$;

-- 'drifted of checked' orders.
create function test.check_pairs(max_orders integer default null)
returns text
language plpgsql
set role = 'bo_operator'
as $$
begin
  return (select found.drifted || ' of ' || found.checked from bo.check_pairs(max_orders) as found);
end;
$$;

create function test.order_ids_after(after text, max_ids integer)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return bo.order_ids_after(after, max_ids);
end;
$$;

-- All letters, unless told otherwise.
create function test.letters(
    topic text default null,
    error text default null,
    since timestamptz default null,
    until timestamptz default null,
    key bytea default null,
    from_id bigint default null,
    to_id bigint default null,
    statuses text [] default null
)
returns bo.dead_letter_filter
language sql
immutable
return row(topic, error, since, until, key, from_id, to_id, statuses)::bo.dead_letter_filter;

-- The letter at this offset.
create function test.dlq_id("offset" bigint)
returns bigint
language sql
stable
return (
  select letter.dlq_id from bo.consumer_dlq_events as letter where letter."offset" = dlq_id."offset" and letter.replaces is null
);

-- What came of replaying the letter at this offset as this event, or with this error.
create function test.replay(
    "offset" bigint default 7,
    ledger bo.ledger_event default null,
    payment_order bo.payment_order_event default null,
    error text default null,
    edited_payload bytea default null,
    max_attempts integer default 5,
    reason text default null
)
returns text
language plpgsql
set role = 'bo_operator'
as $$
declare
  v_dlq_id bigint;
begin
  perform set_config('role', 'none', true);
  v_dlq_id := test.dlq_id("offset");
  perform set_config('role', 'bo_operator', true);
  return (
    select concat_ws(' ', replayed.outcome, replayed.status, replayed.attempts, replayed.error)
    from bo.replay_dead_letter(
      v_dlq_id,
      case when ledger is distinct from null then array[ledger] end,
      case when payment_order is distinct from null then array[payment_order] end,
      error, case when error is not null then 'unexpected end' end, edited_payload, max_attempts, 'alice', reason
    ) as replayed
  );
end;
$$;

-- The letters that were discarded, by their offsets.
create function test.import(variadic letters bo.dead_letter [])
returns bigint
language plpgsql
set role = 'bo_operator'
as $$
begin
  return bo.import_dead_letters(letters, 'letters.jsonl', 'alice', null);
end;
$$;

create function test.discard(
    filter bo.dead_letter_filter default test.letters(), reason text default 'sent by mistake', max_letters integer default 100
)
returns bigint []
language plpgsql
set role = 'bo_operator'
as $$
declare
  v_ids bigint[];
begin
  v_ids := array(select gone.dlq_id from bo.discard_dead_letters(filter, max_letters, 'alice', reason) as gone);
  perform set_config('role', 'none', true);
  return array(select letter."offset" from bo.consumer_dlq_events as letter where letter.dlq_id = any(v_ids) order by 1);
end;
$$;

create function test.prune(days integer, max_letters integer default 100)
returns bigint
language plpgsql
set role = 'bo_consumer'
as $$
begin
  return bo.prune_dead_letters(days, 'consumer-1', max_letters);
end;
$$;

create function test.show(
    filter bo.dead_letter_filter default test.letters(), raw boolean default false, reason text default null,
    max_letters integer default 20
)
returns setof json
language plpgsql
set role = 'bo_operator'
as $$
begin
  return query
  select row_to_json(shown) from bo.show_dead_letters(filter, max_letters, raw, 'alice', reason) as shown;
end;
$$;

create function test.list(
    filter bo.dead_letter_filter default test.letters(), raw boolean default false, reason text default null
)
returns setof json
language plpgsql
set role = 'bo_operator'
as $$
begin
  return query select row_to_json(listed) from bo.list_dead_letters(filter, raw, 'alice', reason) as listed;
end;
$$;

create function test.audit_checkpoint()
returns text
language plpgsql
set role = 'bo_operator'
as $$
begin
  return bo.audit_checkpoint();
end;
$$;

-- What is wrong with the audit log, each as 'ROW_CHANGED 2 in block 1'.
create function test.verify(checkpoint text default null, max_findings integer default 1000)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return array(
    select concat_ws(' ', finding.kind, finding.audit_id, 'in block ' || finding.seal_number)
    from bo.verify_audit_log(checkpoint, max_findings) as finding
  );
end;
$$;

-- Each partition that ought to go as 'admin_audit_logs_2031_10 detached' or with the reason why not.
create function test.detach(months_to_keep integer default 13)
returns text []
language plpgsql
set role = 'bo_operator'
as $$
begin
  return array(
    select regexp_replace(past.partition::text, '^bo\.', '') || ' ' || coalesce(past.detail, 'detached')
    from bo.detach_audit_partitions(months_to_keep) as past
  );
end;
$$;
