CREATE SCHEMA bo;
ALTER SCHEMA bo OWNER TO bo_owner;
COMMENT ON SCHEMA bo IS 'Transaction lookup: tables, and the functions that write them';
CREATE SCHEMA bo_api;
ALTER SCHEMA bo_api OWNER TO bo_owner;
COMMENT ON SCHEMA bo_api IS 'Transaction lookup: answers, as views and as lookup functions that audit themselves';
CREATE DOMAIN bo.audit_action AS text
	CONSTRAINT action_is_known CHECK ((VALUE = ANY (ARRAY['ADMIN_TX_LOOKUP'::text, 'ADMIN_ORDER_LOOKUP'::text, 'ADMIN_WALLET_TX_LOOKUP'::text, 'ADMIN_PAIR_LOOKUP'::text, 'ADMIN_SEARCH'::text, 'ADMIN_AUDIT_LOG_LOOKUP'::text])));
ALTER DOMAIN bo.audit_action OWNER TO bo_owner;
COMMENT ON DOMAIN bo.audit_action IS 'What was asked for';
CREATE TYPE bo.audit_finding AS (
	kind text,
	partition text,
	seal_number bigint,
	audit_id bigint,
	detail text
);
ALTER TYPE bo.audit_finding OWNER TO bo_owner;
COMMENT ON TYPE bo.audit_finding IS 'What does not fit the seals. kind: SEAL_CHANGED, SEAL_MISSING, CHAIN_BROKEN, CHECKPOINT_MISSED, MONTH_DETACHED, ROW_CHANGED, ROW_MISSING, ROW_INSERTED or XID_AHEAD';
CREATE DOMAIN bo.audit_resource_type AS text
	CONSTRAINT resource_type_is_known CHECK ((VALUE = ANY (ARRAY['TX'::text, 'PAYMENT_ORDER'::text, 'WALLET'::text, 'PAIR'::text, 'ID'::text, 'AUDIT_LOG'::text])));
ALTER DOMAIN bo.audit_resource_type OWNER TO bo_owner;
COMMENT ON DOMAIN bo.audit_resource_type IS 'What a resource_id names';
CREATE DOMAIN bo.audit_result AS text
	CONSTRAINT result_is_known CHECK ((VALUE = ANY (ARRAY['FOUND'::text, 'NOT_FOUND'::text, 'DENIED'::text])));
ALTER DOMAIN bo.audit_result OWNER TO bo_owner;
COMMENT ON DOMAIN bo.audit_result IS 'What became of a request';
CREATE TYPE bo.batch_result AS (
	dead_letters_stored bigint,
	ledger_inserted bigint,
	ledger_updated bigint,
	ledger_duplicate bigint,
	ledger_stale bigint,
	ledger_version_missing bigint,
	orders_inserted bigint,
	orders_updated bigint,
	orders_duplicate bigint,
	orders_stale bigint,
	orders_version_missing bigint,
	pairs_touched bigint,
	pairs_incomplete bigint,
	oldest_incomplete_age_sec double precision,
	pairing_skipped bigint
);
ALTER TYPE bo.batch_result OWNER TO bo_owner;
COMMENT ON TYPE bo.batch_result IS 'What one call of bo.apply_batch() did; the counts of a kind are null when it had no events';
CREATE TYPE bo.computed_pair AS (
	payment_order_id text COLLATE pg_catalog."C",
	payment_tx_id text COLLATE pg_catalog."C",
	receive_tx_id text COLLATE pg_catalog."C",
	payer_wallet_id text COLLATE pg_catalog."C",
	payee_wallet_id text COLLATE pg_catalog."C",
	payment_event_time timestamp with time zone,
	receive_event_time timestamp with time zone,
	payment_entry_count integer,
	receive_entry_count integer,
	payment_amount numeric,
	receive_amount numeric
);
ALTER TYPE bo.computed_pair OWNER TO bo_owner;
COMMENT ON TYPE bo.computed_pair IS 'What a set of entries makes of a pair: bo.payment_ledger_pairs less its generated columns';
CREATE TYPE bo.dead_letter AS (
	topic text,
	partition integer,
	"offset" bigint,
	key bytea,
	payload bytea,
	header_names bytea[],
	header_values bytea[],
	record_timestamp timestamp with time zone,
	error text,
	error_detail text,
	profile_id text,
	correlation_id text
);
ALTER TYPE bo.dead_letter OWNER TO bo_owner;
COMMENT ON TYPE bo.dead_letter IS 'One rejected record: the columns of bo.consumer_dlq_events that come from it';
CREATE TYPE bo.dead_letter_filter AS (
	topic text,
	error text,
	since timestamp with time zone,
	until timestamp with time zone,
	key bytea,
	from_id bigint,
	to_id bigint,
	statuses text[]
);
ALTER TYPE bo.dead_letter_filter OWNER TO bo_owner;
COMMENT ON TYPE bo.dead_letter_filter IS 'Which dead letters; a null asks for nothing. since, until: when they were stored, from and before; from_id, to_id: both inclusive';
CREATE TYPE bo.event_version AS (
	has_version boolean,
	source_version bigint,
	has_updated_at boolean,
	updated_at timestamp with time zone,
	record_timestamp timestamp with time zone
);
ALTER TYPE bo.event_version OWNER TO bo_owner;
COMMENT ON TYPE bo.event_version IS 'Key of latest-wins, greatest wins: a missing value is less than any, by the flag before it';
CREATE TYPE bo.ledger_event AS (
	tx_id text COLLATE pg_catalog."C",
	wallet_id text COLLATE pg_catalog."C",
	entry_type text,
	amount numeric,
	amount_signed numeric,
	related_id text COLLATE pg_catalog."C",
	related_type text,
	event_time timestamp with time zone,
	created_at timestamp with time zone,
	updated_at timestamp with time zone,
	source_version bigint,
	record_timestamp timestamp with time zone
);
ALTER TYPE bo.ledger_event OWNER TO bo_owner;
COMMENT ON TYPE bo.ledger_event IS 'One ledger event: the columns of bo.ledger_entries that come from it';
CREATE TYPE bo.pair_entry AS (
	payment_order_id text COLLATE pg_catalog."C",
	entry_type text,
	tx_id text COLLATE pg_catalog."C",
	wallet_id text COLLATE pg_catalog."C",
	event_time timestamp with time zone,
	amount numeric
);
ALTER TYPE bo.pair_entry OWNER TO bo_owner;
COMMENT ON TYPE bo.pair_entry IS 'What pairing needs to know of an eligible ledger entry';
CREATE TYPE bo.ledger_result AS (
	inserted bigint,
	updated bigint,
	duplicate bigint,
	stale bigint,
	version_missing bigint,
	entries bo.pair_entry[],
	moved text[],
	skipped bigint
);
ALTER TYPE bo.ledger_result OWNER TO bo_owner;
COMMENT ON TYPE bo.ledger_result IS 'bo.write_result of ledger events, and what pairing has to do after them';
CREATE TYPE bo.pairing_result AS (
	touched bigint,
	incomplete bigint,
	oldest_incomplete_age_sec double precision
);
ALTER TYPE bo.pairing_result OWNER TO bo_owner;
COMMENT ON TYPE bo.pairing_result IS 'Pairs that were written, those of them left INCOMPLETE, and the age of the oldest of these by event time';
CREATE TYPE bo.partition_progress AS (
	topic text COLLATE pg_catalog."C",
	partition integer,
	next_offset bigint,
	caught_up_age_us bigint,
	kind text
);
ALTER TYPE bo.partition_progress OWNER TO bo_owner;
COMMENT ON TYPE bo.partition_progress IS 'Next offset of a partition, and how many microseconds ago its log end, now reached, was seen (null: not reached)';
CREATE TYPE bo.payment_order_event AS (
	order_id text COLLATE pg_catalog."C",
	user_id text COLLATE pg_catalog."C",
	merchant_name text,
	amount numeric,
	status text,
	created_at timestamp with time zone,
	updated_at timestamp with time zone,
	source_version bigint,
	record_timestamp timestamp with time zone
);
ALTER TYPE bo.payment_order_event OWNER TO bo_owner;
COMMENT ON TYPE bo.payment_order_event IS 'One order event: the columns of bo.payment_orders that come from it';
CREATE DOMAIN bo.row_count AS integer
	CONSTRAINT row_count_is_not_negative CHECK ((VALUE >= 0));
ALTER DOMAIN bo.row_count OWNER TO bo_owner;
COMMENT ON DOMAIN bo.row_count IS 'How many rows';
CREATE TYPE bo.write_result AS (
	inserted bigint,
	updated bigint,
	duplicate bigint,
	stale bigint,
	version_missing bigint
);
ALTER TYPE bo.write_result OWNER TO bo_owner;
COMMENT ON TYPE bo.write_result IS 'Events by outcome, and those without version and updated_at among them';
CREATE TYPE bo_api.cursor_position AS (
	at timestamp with time zone,
	id text COLLATE pg_catalog."C"
);
ALTER TYPE bo_api.cursor_position OWNER TO bo_owner;
COMMENT ON TYPE bo_api.cursor_position IS 'The last row of a page, by the keys that its list is sorted by';
CREATE TYPE bo_api.lookup_answer AS (
	status_code integer,
	result_count integer,
	body text,
	next_cursor text
);
ALTER TYPE bo_api.lookup_answer OWNER TO bo_owner;
COMMENT ON TYPE bo_api.lookup_answer IS 'One answer: its HTTP status, how many rows it shows, its body, and of a list that goes on, where';
CREATE TYPE bo_api.lookup_request AS (
	resource_id text,
	from_time timestamp with time zone,
	to_time timestamp with time zone,
	max_entries integer,
	actor_id text,
	actor_roles text,
	ip text,
	user_agent text,
	request_method text,
	request_path text,
	request_query text,
	correlation_id text,
	elapsed_us bigint,
	cursor text,
	filters jsonb,
	media_type text,
	access_reason text
);
ALTER TYPE bo_api.lookup_request OWNER TO bo_owner;
COMMENT ON TYPE bo_api.lookup_request IS 'One question and who asks it: the columns of bo.admin_audit_logs that come from the request. actor_roles: separated by commas; elapsed_us: microseconds since the request came; from_time, to_time, max_entries, cursor, filters: of lists; media_type: of the answer, null for JSON';
CREATE TABLE bo.audit_seals (
    seal_number bigint NOT NULL,
    kind text NOT NULL,
    epoch integer NOT NULL,
    month date,
    row_count integer NOT NULL,
    first_xid xid8,
    first_audit_id bigint,
    last_xid xid8,
    last_audit_id bigint,
    audit_ids bigint[] NOT NULL,
    row_hashes bytea[] NOT NULL,
    reason text,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    CONSTRAINT epoch_has_its_reason CHECK (((kind = 'EPOCH'::text) = (reason IS NOT NULL))),
    CONSTRAINT every_row_has_its_hash CHECK (((cardinality(audit_ids) = row_count) AND (cardinality(row_hashes) = row_count))),
    CONSTRAINT hashes_are_sha_256 CHECK (((octet_length(previous_hash) = 32) AND (octet_length(hash) = 32))),
    CONSTRAINT kind_is_known CHECK ((kind = ANY (ARRAY['ROWS'::text, 'DETACH'::text, 'EPOCH'::text]))),
    CONSTRAINT month_is_a_month CHECK ((month = date_trunc('month'::text, (month)::timestamp without time zone))),
    CONSTRAINT month_is_that_of_rows CHECK (((month IS NULL) = (kind = 'EPOCH'::text))),
    CONSTRAINT rows_have_their_range CHECK (
CASE kind
    WHEN 'ROWS'::text THEN ((row_count > 0) AND (num_nulls(first_xid, first_audit_id, last_xid, last_audit_id) = 0))
    ELSE ((row_count = 0) AND (num_nulls(first_xid, first_audit_id, last_xid) = 3) AND ((last_audit_id IS NULL) = (kind = 'DETACH'::text)))
END),
    CONSTRAINT seal_number_is_positive CHECK ((seal_number > 0))
);
ALTER TABLE ONLY bo.audit_seals ALTER COLUMN audit_ids SET COMPRESSION lz4;
ALTER TABLE ONLY bo.audit_seals ALTER COLUMN row_hashes SET COMPRESSION lz4;
ALTER TABLE bo.audit_seals OWNER TO bo_owner;
COMMENT ON TABLE bo.audit_seals IS 'A chain of hashes over bo.admin_audit_logs: each block proves its rows and the block before it. Rows are only ever added. docs/runbooks/audit-log.md says how to compute the hashes';
COMMENT ON COLUMN bo.audit_seals.seal_number IS 'Place in the chain, from 1, without gaps';
COMMENT ON COLUMN bo.audit_seals.kind IS 'ROWS: rows of a month. DETACH: the partition of a month has left the table. EPOCH: transaction ids began anew, in a restored database';
COMMENT ON COLUMN bo.audit_seals.epoch IS 'How many times transaction ids have begun, from 1';
COMMENT ON COLUMN bo.audit_seals.month IS 'Month of requested_at in UTC, whichever partition the rows are in';
COMMENT ON COLUMN bo.audit_seals.row_count IS 'How many rows the block proves';
COMMENT ON COLUMN bo.audit_seals.first_xid IS 'xid of the first row';
COMMENT ON COLUMN bo.audit_seals.first_audit_id IS 'audit_id of the first row';
COMMENT ON COLUMN bo.audit_seals.last_xid IS 'xid of the last row. The block holds every row of its month and epoch from behind the block of that month before it up to its last row';
COMMENT ON COLUMN bo.audit_seals.last_audit_id IS 'audit_id of the last row; of an EPOCH the greatest that was given before it';
COMMENT ON COLUMN bo.audit_seals.audit_ids IS 'The rows, in the order of (xid, audit_id)';
COMMENT ON COLUMN bo.audit_seals.row_hashes IS 'bo.audit_row_hash() of each';
COMMENT ON COLUMN bo.audit_seals.reason IS 'Why an EPOCH began';
COMMENT ON COLUMN bo.audit_seals.previous_hash IS 'hash of the block before; zeros for the first';
COMMENT ON COLUMN bo.audit_seals.hash IS 'bo.audit_seal_hash() of this block';
COMMENT ON COLUMN bo.audit_seals.sealed_at IS 'When; the rows are at least as old';
CREATE FUNCTION bo.append_audit_seal(p_seal bo.audit_seals) RETURNS bo.audit_seals
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_last bo.audit_seals;
  v_seal bo.audit_seals := p_seal;
begin
  select * into v_last from bo.audit_seals as seal order by seal.seal_number desc limit 1;
  v_seal.seal_number := coalesce(v_last.seal_number, 0) + 1;
  v_seal.epoch := coalesce(v_last.epoch, 1) + (p_seal.kind = 'EPOCH')::integer;
  v_seal.previous_hash := coalesce(v_last.hash, decode(repeat('00', 32), 'hex'));
  v_seal.row_count := cardinality(p_seal.audit_ids);
  v_seal.sealed_at := bo.clock();
  v_seal.hash := bo.audit_seal_hash(v_seal);
  insert into bo.audit_seals select v_seal.*;
  return v_seal;
end;
$$;
ALTER FUNCTION bo.append_audit_seal(p_seal bo.audit_seals) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.append_audit_seal(p_seal bo.audit_seals) IS 'Adds a block to the chain, which the caller has locked; number, epoch, count, time and hashes are given here';
CREATE FUNCTION bo.apply_backfill_batch(p_backfill_id bigint, p_lines_applied bigint, p_finished boolean, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[]) RETURNS bo.batch_result
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_result bo.batch_result;
begin
  v_result := bo.apply_batch(null, p_dead_letters, p_ledger_events, p_order_events, null);
  update bo.backfill_progress as progress
  set
    lines_applied = greatest(progress.lines_applied, p_lines_applied),
    updated_at = bo.clock(),
    finished_at = case when p_finished then bo.clock() end
  where progress.backfill_id = p_backfill_id;
  return v_result;
end;
$$;
ALTER FUNCTION bo.apply_backfill_batch(p_backfill_id bigint, p_lines_applied bigint, p_finished boolean, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.apply_backfill_batch(p_backfill_id bigint, p_lines_applied bigint, p_finished boolean, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[]) IS 'bo.apply_batch() for lines of a file: notes up to which line all is applied (null: as before), and whether that was the end';
CREATE FUNCTION bo.apply_batch(p_group_id text, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_progress bo.partition_progress[]) RETURNS bo.batch_result
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_asked_at constant timestamptz := bo.clock();
  v_letters_stored bigint;
  v_ledger bo.ledger_result;
  v_orders bo.write_result;
  v_pairs bo.pairing_result;
begin
  if cardinality(p_dead_letters) > 0 then
    v_letters_stored := bo.store_dead_letters(p_dead_letters);
  end if;
  if cardinality(p_ledger_events) > 0 then
    v_ledger := bo.apply_ledger_events(p_ledger_events);
  end if;
  if cardinality(p_order_events) > 0 then
    v_orders := bo.apply_payment_order_events(p_order_events);
  end if;
  if v_ledger.entries is not null or v_ledger.moved is not null then
    v_pairs := bo.apply_pairs(v_ledger.entries, v_ledger.moved);
  end if;
  if cardinality(p_progress) > 0 then
    perform bo.record_progress(p_group_id, p_progress, v_asked_at);
  end if;
  return row(
    coalesce(v_letters_stored, 0),
    v_ledger.inserted, v_ledger.updated, v_ledger.duplicate, v_ledger.stale, v_ledger.version_missing,
    v_orders.inserted, v_orders.updated, v_orders.duplicate, v_orders.stale, v_orders.version_missing,
    v_pairs.touched, v_pairs.incomplete, v_pairs.oldest_incomplete_age_sec, v_ledger.skipped
  )::bo.batch_result;
end;
$$;
ALTER FUNCTION bo.apply_batch(p_group_id text, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_progress bo.partition_progress[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.apply_batch(p_group_id text, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_progress bo.partition_progress[]) IS 'Applies a batch of events, rejected records and progress, all or nothing';
CREATE FUNCTION bo.apply_ledger_events(p_events bo.ledger_event[]) RETURNS bo.ledger_result
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
  v_now constant timestamptz := bo.clock();
  v_result bo.ledger_result;
  v_replaced record;
  v_is_untimed boolean;
  v_newer bo.ledger_event[];
  v_identical bigint;
begin
  select
    count(*) filter (where event.source_version is null and event.updated_at is null),
    bool_or(event.record_timestamp is null)
  into v_result.version_missing, v_is_untimed
  from unnest(p_events) as event;
  if v_is_untimed then
    p_events := bo.with_record_timestamp(p_events);
  end if;
  -- A replay or redelivery: whatever is stored already need not be sorted, nor tried to be inserted.
  v_result.duplicate := cardinality(p_events)::bigint;
  if exists (select from bo.ledger_entries as entry where entry.tx_id = p_events[1].tx_id) then
    p_events := bo.not_stored(p_events);
  end if;
  v_result.duplicate := v_result.duplicate - cardinality(p_events);
  with inserted as (
    insert into bo.ledger_entries as entry (
      tx_id, wallet_id, entry_type, amount, amount_signed, related_id, related_type, event_time, created_at,
      updated_at, source_version, record_timestamp, ingested_at
    )
    select event.*, v_now from bo.winning_ledger_events(p_events) as event
    on conflict (tx_id) do nothing
    returning
      entry.tx_id, entry.wallet_id, entry.entry_type, entry.event_time, entry.amount, entry.related_id,
      bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) as order_id
  )
  select
    count(*),
    array_agg(row(order_id, entry_type, tx_id, wallet_id, event_time, amount)::bo.pair_entry) filter (where order_id is not null),
    count(*) filter (where order_id is null and related_id is not null and entry_type in ('PAYMENT', 'RECEIVE'))
  into v_result.inserted, v_result.entries, v_result.skipped
  from inserted;
  v_result.updated := 0;
  v_result.stale := 0;
  if v_result.inserted = cardinality(p_events) then
    return v_result;
  end if;
  -- What was inserted above counts as identical here.
  select
    count(*) filter (where event *= bo.as_event(entry)),
    array_agg(event) filter (where not event *= bo.as_event(entry) and bo.supersedes(event, bo.as_event(entry)))
  into v_identical, v_newer
  from unnest(p_events) as event
  inner join bo.ledger_entries as entry on entry.tx_id = event.tx_id;
  if v_newer is not null then
    v_replaced := bo.replace_ledger_entries(v_newer, v_now);
    v_result.updated := v_replaced.p_updated;
    v_result.moved := v_replaced.p_moved;
    v_result.skipped := v_result.skipped + v_replaced.p_skipped;
    v_identical := v_identical + (
      select count(*)
      from unnest(v_newer) as event
      inner join bo.ledger_entries as entry on entry.tx_id = event.tx_id
      where event *= bo.as_event(entry)
    );
  end if;
  v_result.duplicate := v_result.duplicate + v_identical - v_result.inserted - v_result.updated;
  v_result.stale := cardinality(p_events) - v_identical;
  return v_result;
end;
$$;
ALTER FUNCTION bo.apply_ledger_events(p_events bo.ledger_event[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.apply_ledger_events(p_events bo.ledger_event[]) IS 'Applies ledger events by latest-wins; tells their outcomes and what pairing has to do';
CREATE FUNCTION bo.apply_pairs(p_entries bo.pair_entry[], p_moved text[]) RETURNS bo.pairing_result
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_result bo.pairing_result;
  v_now constant timestamptz := bo.clock();
  v_oldest timestamptz;
  v_recomputed record;
begin
  with merged as (
    select * from bo.fold_pairs(p_entries)
    union all
    -- A lock on an order that nothing was inserted for, or its place until the recomputation below.
    select distinct moved.order_id, null, null, null, null, null::timestamptz, null::timestamptz, 0, 0, null::numeric, null::numeric
    from unnest(p_moved) as moved (order_id)
    where not exists (select from unnest(p_entries) as entry where entry.payment_order_id = moved.order_id)
  ),
  written as (
    insert into bo.payment_ledger_pairs as pair (
      payment_order_id, payment_tx_id, receive_tx_id, payer_wallet_id, payee_wallet_id, payment_event_time,
      receive_event_time, payment_entry_count, receive_entry_count, payment_amount, receive_amount
    )
    select merged.* from merged
    order by merged.payment_order_id collate "C"
    on conflict (payment_order_id) do update
      set
        payment_tx_id = case
          when bo.precedes(excluded.payment_event_time, excluded.payment_tx_id, pair.payment_event_time, pair.payment_tx_id)
            then excluded.payment_tx_id
          else pair.payment_tx_id
        end,
        payer_wallet_id = case
          when bo.precedes(excluded.payment_event_time, excluded.payment_tx_id, pair.payment_event_time, pair.payment_tx_id)
            then excluded.payer_wallet_id
          else pair.payer_wallet_id
        end,
        payment_amount = case
          when bo.precedes(excluded.payment_event_time, excluded.payment_tx_id, pair.payment_event_time, pair.payment_tx_id)
            then excluded.payment_amount
          else pair.payment_amount
        end,
        payment_event_time = least(pair.payment_event_time, excluded.payment_event_time),
        payment_entry_count = pair.payment_entry_count + excluded.payment_entry_count,
        receive_tx_id = case
          when bo.precedes(excluded.receive_event_time, excluded.receive_tx_id, pair.receive_event_time, pair.receive_tx_id)
            then excluded.receive_tx_id
          else pair.receive_tx_id
        end,
        payee_wallet_id = case
          when bo.precedes(excluded.receive_event_time, excluded.receive_tx_id, pair.receive_event_time, pair.receive_tx_id)
            then excluded.payee_wallet_id
          else pair.payee_wallet_id
        end,
        receive_amount = case
          when bo.precedes(excluded.receive_event_time, excluded.receive_tx_id, pair.receive_event_time, pair.receive_tx_id)
            then excluded.receive_amount
          else pair.receive_amount
        end,
        receive_event_time = least(pair.receive_event_time, excluded.receive_event_time),
        receive_entry_count = pair.receive_entry_count + excluded.receive_entry_count
    returning pair.payment_order_id, pair.pairing_status, least(pair.payment_event_time, pair.receive_event_time) as begun_at
  ),
  incomplete as (
    select written.begun_at
    from written
    where
      written.pairing_status = 'INCOMPLETE'
      and not exists (select from unnest(p_moved) as moved (order_id) where moved.order_id = written.payment_order_id)
  )
  select
    (select count(*) from written),
    (select count(*) from incomplete),
    (select min(incomplete.begun_at) from incomplete)
  into v_result.touched, v_result.incomplete, v_oldest;
  if p_moved is not null then
    perform bo.recompute_pairs(p_moved);
    select count(*) as pairs, min(least(pair.payment_event_time, pair.receive_event_time)) as begun_at
    into v_recomputed
    from bo.payment_ledger_pairs as pair
    where pair.payment_order_id = any(p_moved) and pair.pairing_status = 'INCOMPLETE';
    v_result.incomplete := v_result.incomplete + v_recomputed.pairs;
    v_oldest := least(v_oldest, v_recomputed.begun_at);
  end if;
  v_result.oldest_incomplete_age_sec := extract(epoch from v_now - v_oldest)::double precision;
  return v_result;
end;
$$;
ALTER FUNCTION bo.apply_pairs(p_entries bo.pair_entry[], p_moved text[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.apply_pairs(p_entries bo.pair_entry[], p_moved text[]) IS 'Merges inserted entries into their pairs and recomputes the pairs that updated entries left or entered';
CREATE FUNCTION bo.apply_payment_order_events(p_events bo.payment_order_event[]) RETURNS bo.write_result
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
  v_now constant timestamptz := bo.clock();
  v_result bo.write_result;
  v_is_untimed boolean;
  v_newer bo.payment_order_event[];
  v_identical bigint;
begin
  select
    count(*) filter (where event.source_version is null and event.updated_at is null),
    bool_or(event.record_timestamp is null)
  into v_result.version_missing, v_is_untimed
  from unnest(p_events) as event;
  if v_is_untimed then
    p_events := bo.with_record_timestamp(p_events);
  end if;
  -- A replay or redelivery: whatever is stored already need not be sorted, nor tried to be inserted.
  v_result.duplicate := cardinality(p_events)::bigint;
  if exists (select from bo.payment_orders as payment_order where payment_order.order_id = p_events[1].order_id) then
    p_events := bo.not_stored(p_events);
  end if;
  v_result.duplicate := v_result.duplicate - cardinality(p_events);
  insert into bo.payment_orders (
    order_id, user_id, merchant_name, amount, status, created_at, updated_at, source_version, record_timestamp, ingested_at
  )
  select event.*, v_now from bo.winning_payment_order_events(p_events) as event
  on conflict (order_id) do nothing;
  get diagnostics v_result.inserted = row_count;
  v_result.updated := 0;
  v_result.stale := 0;
  if v_result.inserted = cardinality(p_events) then
    return v_result;
  end if;
  -- What was inserted above counts as identical here.
  select
    count(*) filter (where event *= bo.as_event(payment_order)),
    array_agg(event) filter (where not event *= bo.as_event(payment_order) and bo.supersedes(event, bo.as_event(payment_order)))
  into v_identical, v_newer
  from unnest(p_events) as event
  inner join bo.payment_orders as payment_order on payment_order.order_id = event.order_id;
  if v_newer is not null then
    v_result.updated := bo.replace_payment_orders(v_newer, v_now);
    v_identical := v_identical + (
      select count(*)
      from unnest(v_newer) as event
      inner join bo.payment_orders as payment_order on payment_order.order_id = event.order_id
      where event *= bo.as_event(payment_order)
    );
  end if;
  v_result.duplicate := v_result.duplicate + v_identical - v_result.inserted - v_result.updated;
  v_result.stale := cardinality(p_events) - v_identical;
  return v_result;
end;
$$;
ALTER FUNCTION bo.apply_payment_order_events(p_events bo.payment_order_event[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.apply_payment_order_events(p_events bo.payment_order_event[]) IS 'Applies order events by latest-wins; tells their outcomes';
CREATE TABLE bo.payment_ledger_pairs (
    payment_order_id text NOT NULL COLLATE pg_catalog."C",
    payment_tx_id text COLLATE pg_catalog."C",
    receive_tx_id text COLLATE pg_catalog."C",
    payer_wallet_id text COLLATE pg_catalog."C",
    payee_wallet_id text COLLATE pg_catalog."C",
    pairing_status text GENERATED ALWAYS AS (
CASE
    WHEN ((payment_tx_id IS NOT NULL) AND (receive_tx_id IS NOT NULL)) THEN 'COMPLETE'::text
    ELSE 'INCOMPLETE'::text
END) STORED NOT NULL,
    payment_event_time timestamp with time zone,
    receive_event_time timestamp with time zone,
    payment_entry_count integer NOT NULL,
    receive_entry_count integer NOT NULL,
    has_extra_entries boolean GENERATED ALWAYS AS (((payment_entry_count > 1) OR (receive_entry_count > 1))) STORED NOT NULL,
    payment_amount numeric,
    receive_amount numeric,
    CONSTRAINT payment_slot_is_whole CHECK ((((payment_entry_count > 0) = (payment_tx_id IS NOT NULL)) AND ((payment_entry_count > 0) = (payer_wallet_id IS NOT NULL)) AND ((payment_entry_count > 0) = (payment_event_time IS NOT NULL)))),
    CONSTRAINT receive_slot_is_whole CHECK ((((receive_entry_count > 0) = (receive_tx_id IS NOT NULL)) AND ((receive_entry_count > 0) = (payee_wallet_id IS NOT NULL)) AND ((receive_entry_count > 0) = (receive_event_time IS NOT NULL))))
)
WITH (fillfactor='70');
ALTER TABLE bo.payment_ledger_pairs OWNER TO bo_owner;
COMMENT ON TABLE bo.payment_ledger_pairs IS 'The two halves of each payment: at every commit what bo.computed_pairs() makes of the ledger';
COMMENT ON COLUMN bo.payment_ledger_pairs.payment_order_id IS 'related_id of the entries';
COMMENT ON COLUMN bo.payment_ledger_pairs.payment_tx_id IS 'PAYMENT entry least by (event_time, tx_id)';
COMMENT ON COLUMN bo.payment_ledger_pairs.receive_tx_id IS 'RECEIVE entry least by (event_time, tx_id)';
COMMENT ON COLUMN bo.payment_ledger_pairs.payer_wallet_id IS 'Wallet of the PAYMENT entry';
COMMENT ON COLUMN bo.payment_ledger_pairs.payee_wallet_id IS 'Wallet of the RECEIVE entry';
COMMENT ON COLUMN bo.payment_ledger_pairs.pairing_status IS 'COMPLETE with both slots filled, else INCOMPLETE';
COMMENT ON COLUMN bo.payment_ledger_pairs.payment_event_time IS 'event_time of the PAYMENT entry';
COMMENT ON COLUMN bo.payment_ledger_pairs.receive_event_time IS 'event_time of the RECEIVE entry';
COMMENT ON COLUMN bo.payment_ledger_pairs.payment_entry_count IS 'Eligible PAYMENT entries of the order';
COMMENT ON COLUMN bo.payment_ledger_pairs.receive_entry_count IS 'Eligible RECEIVE entries of the order';
COMMENT ON COLUMN bo.payment_ledger_pairs.has_extra_entries IS 'More than one entry in a slot';
COMMENT ON COLUMN bo.payment_ledger_pairs.payment_amount IS 'amount of the PAYMENT entry';
COMMENT ON COLUMN bo.payment_ledger_pairs.receive_amount IS 'amount of the RECEIVE entry';
CREATE FUNCTION bo.as_computed(p_pair bo.payment_ledger_pairs) RETURNS bo.computed_pair
    LANGUAGE sql IMMUTABLE
    RETURN ROW((p_pair).payment_order_id, (p_pair).payment_tx_id, (p_pair).receive_tx_id, (p_pair).payer_wallet_id, (p_pair).payee_wallet_id, (p_pair).payment_event_time, (p_pair).receive_event_time, (p_pair).payment_entry_count, (p_pair).receive_entry_count, (p_pair).payment_amount, (p_pair).receive_amount)::bo.computed_pair;
ALTER FUNCTION bo.as_computed(p_pair bo.payment_ledger_pairs) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.as_computed(p_pair bo.payment_ledger_pairs) IS 'A stored pair in the shape of a computed one, to compare them';
CREATE TABLE bo.ledger_entries (
    tx_id text NOT NULL COLLATE pg_catalog."C",
    wallet_id text NOT NULL COLLATE pg_catalog."C",
    entry_type text NOT NULL,
    amount numeric NOT NULL,
    amount_signed numeric,
    related_id text COLLATE pg_catalog."C",
    related_type text,
    event_time timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone,
    source_version bigint,
    record_timestamp timestamp with time zone NOT NULL,
    ingested_at timestamp with time zone NOT NULL
)
WITH (fillfactor='90');
ALTER TABLE bo.ledger_entries OWNER TO bo_owner;
COMMENT ON TABLE bo.ledger_entries IS 'The winning version of each ledger entry; written by bo.apply_batch() only, never deleted';
COMMENT ON COLUMN bo.ledger_entries.tx_id IS 'Id of the entry, opaque; compared by code point like every id';
COMMENT ON COLUMN bo.ledger_entries.wallet_id IS 'Wallet that the entry belongs to';
COMMENT ON COLUMN bo.ledger_entries.entry_type IS 'Free text as sent; PAYMENT and RECEIVE take part in pairing';
COMMENT ON COLUMN bo.ledger_entries.amount IS 'As sent, scale included';
COMMENT ON COLUMN bo.ledger_entries.amount_signed IS 'As sent; null when not sent, never derived';
COMMENT ON COLUMN bo.ledger_entries.related_id IS 'What the entry belongs to: the order id of a payment';
COMMENT ON COLUMN bo.ledger_entries.related_type IS 'Kind of related_id; null counts as PAYMENT_ORDER in pairing';
COMMENT ON COLUMN bo.ledger_entries.event_time IS 'When it happened, by the producer';
COMMENT ON COLUMN bo.ledger_entries.created_at IS 'When the source row was made, by the producer';
COMMENT ON COLUMN bo.ledger_entries.updated_at IS 'When the source row was last changed; second key of the winning order';
COMMENT ON COLUMN bo.ledger_entries.source_version IS 'Version of the source row; first key of the winning order';
COMMENT ON COLUMN bo.ledger_entries.record_timestamp IS 'Timestamp of the Kafka record; third key of the winning order';
COMMENT ON COLUMN bo.ledger_entries.ingested_at IS 'When this version was applied here';
CREATE FUNCTION bo.as_event(p_entry bo.ledger_entries) RETURNS bo.ledger_event
    LANGUAGE sql IMMUTABLE
    RETURN ROW((p_entry).tx_id, (p_entry).wallet_id, (p_entry).entry_type, (p_entry).amount, (p_entry).amount_signed, (p_entry).related_id, (p_entry).related_type, (p_entry).event_time, (p_entry).created_at, (p_entry).updated_at, (p_entry).source_version, (p_entry).record_timestamp)::bo.ledger_event;
ALTER FUNCTION bo.as_event(p_entry bo.ledger_entries) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.as_event(p_entry bo.ledger_entries) IS 'The event that made this ledger row';
CREATE TABLE bo.payment_orders (
    order_id text NOT NULL COLLATE pg_catalog."C",
    user_id text COLLATE pg_catalog."C",
    merchant_name text,
    amount numeric NOT NULL,
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone,
    source_version bigint,
    record_timestamp timestamp with time zone NOT NULL,
    ingested_at timestamp with time zone NOT NULL
)
WITH (fillfactor='85');
ALTER TABLE bo.payment_orders OWNER TO bo_owner;
COMMENT ON TABLE bo.payment_orders IS 'The winning version of each payment order; written by bo.apply_batch() only, never deleted';
COMMENT ON COLUMN bo.payment_orders.order_id IS 'Id of the order, opaque; compared by code point like every id';
COMMENT ON COLUMN bo.payment_orders.user_id IS 'Who ordered';
COMMENT ON COLUMN bo.payment_orders.merchant_name IS 'Shown name of the merchant';
COMMENT ON COLUMN bo.payment_orders.amount IS 'As sent, scale included';
COMMENT ON COLUMN bo.payment_orders.status IS 'Free text as sent; bo_api.status_group() groups it';
COMMENT ON COLUMN bo.payment_orders.created_at IS 'When the order was made, by the producer';
COMMENT ON COLUMN bo.payment_orders.updated_at IS 'When the order was last changed; second key of the winning order';
COMMENT ON COLUMN bo.payment_orders.source_version IS 'Version of the source row; first key of the winning order';
COMMENT ON COLUMN bo.payment_orders.record_timestamp IS 'Timestamp of the Kafka record; third key of the winning order';
COMMENT ON COLUMN bo.payment_orders.ingested_at IS 'When this version was applied here';
CREATE FUNCTION bo.as_event(p_order bo.payment_orders) RETURNS bo.payment_order_event
    LANGUAGE sql IMMUTABLE
    RETURN ROW((p_order).order_id, (p_order).user_id, (p_order).merchant_name, (p_order).amount, (p_order).status, (p_order).created_at, (p_order).updated_at, (p_order).source_version, (p_order).record_timestamp)::bo.payment_order_event;
ALTER FUNCTION bo.as_event(p_order bo.payment_orders) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.as_event(p_order bo.payment_orders) IS 'The event that made this order row';
CREATE FUNCTION bo.audit_chain_findings(p_checkpoints jsonb) RETURNS SETOF bo.audit_finding
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with chain as (
    select
      seal.seal_number, seal.month, seal.hash, seal.previous_hash, bo.audit_seal_hash(seal) as computed_hash,
      lag(seal.seal_number, 1, 0::bigint) over by_number as previous_number,
      lag(seal.hash, 1, decode(repeat('00', 32), 'hex')) over by_number as hash_before
    from bo.audit_seals as seal
    window by_number as (order by seal.seal_number)
  ),
  checkpoints as (
    select (checkpoint.item ->> 'seal_number')::bigint as seal_number, decode(checkpoint.item ->> 'hash', 'hex') as hash
    from jsonb_array_elements(p_checkpoints) as checkpoint (item)
  )
  select 'SEAL_CHANGED', null::text, chain.seal_number, null::bigint, 'the block does not have the hash that it tells'
  from chain
  where chain.hash is distinct from chain.computed_hash
  union all
  select 'SEAL_MISSING', null, chain.previous_number + 1, null, format('no blocks from here up to %s', chain.seal_number - 1)
  from chain
  where chain.seal_number is distinct from chain.previous_number + 1
  union all
  select 'CHAIN_BROKEN', null, chain.seal_number, null, 'previous_hash is not the hash of the block before'
  from chain
  where chain.seal_number = chain.previous_number + 1 and chain.previous_hash is distinct from chain.hash_before
  union all
  select
    'CHECKPOINT_MISSED', null, checkpoint.seal_number, null,
    case when chain.hash is null then 'the chain was cut off: it ends before the checkpoint'
      else 'the chain was rewritten: at or before this block it is another than the checkpoint tells' end
  from checkpoints as checkpoint
  left join chain on chain.seal_number = checkpoint.seal_number
  where checkpoint.seal_number > 0 and chain.hash is distinct from checkpoint.hash
  union all
  -- The rows of such a month are due no longer: who can forge a block could have wiped them.
  select
    'MONTH_DETACHED', 'bo.admin_audit_logs_' || to_char(seal.month, 'YYYY_MM'), seal.seal_number, null,
    'since the last checkpoint: its rows are in its archive, or were wiped'
  from bo.audit_seals as seal
  where seal.kind = 'DETACH' and seal.seal_number > (select max(checkpoint.seal_number) from checkpoints as checkpoint);
$$;
ALTER FUNCTION bo.audit_chain_findings(p_checkpoints jsonb) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.audit_chain_findings(p_checkpoints jsonb) IS 'Blocks that do not fit together, or not with one of the checkpoints, an array; and what an auditor has to look at since the last of them';
CREATE FUNCTION bo.audit_checkpoint() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select coalesce(
    (
      select jsonb_build_object(
        'seal_number', last.seal_number, 'hash', encode(last.hash, 'hex'), 'sealed_at', bo.utc_text(last.sealed_at)
      )
      from bo.audit_seals as last
      order by last.seal_number desc
      limit 1
    ),
    '{"seal_number": 0}'
  )::text;
$$;
ALTER FUNCTION bo.audit_checkpoint() OWNER TO bo_owner;
COMMENT ON FUNCTION bo.audit_checkpoint() IS 'The last block of the chain, one line of JSON to be kept out of reach of those who could change this database';
CREATE FUNCTION bo.audit_log_state(OUT unsealed_age_seconds double precision, OUT default_rows bigint) RETURNS record
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    (
      select coalesce(extract(epoch from bo.clock() - min(bo.oldest_unsealed(month.start))), 0)
      from bo.audit_months() as month (start)
    ),
    (select count(*) from (select from bo.admin_audit_logs_default limit 10000) as strays);
$$;
ALTER FUNCTION bo.audit_log_state(OUT unsealed_age_seconds double precision, OUT default_rows bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.audit_log_state(OUT unsealed_age_seconds double precision, OUT default_rows bigint) IS 'Age of the oldest row that is not sealed, 0 when there is none; and how many rows are in the DEFAULT partition, counted up to ten thousand';
CREATE FUNCTION bo.audit_months() RETURNS SETOF date
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select partition.month from bo.audit_partitions() as partition
  union
  select month.start::date
  from (
    select min(log.requested_at) at time zone 'UTC' as oldest, max(log.requested_at) at time zone 'UTC' as newest
    from bo.admin_audit_logs as log
  ) as kept
  cross join generate_series(date_trunc('month', kept.oldest), kept.newest, interval '1 month') as month (start)
  order by 1;
$$;
ALTER FUNCTION bo.audit_months() OWNER TO bo_owner;
COMMENT ON FUNCTION bo.audit_months() IS 'The months that the audit log may have rows of, in UTC, oldest first';
CREATE FUNCTION bo.audit_partitions() RETURNS TABLE(partition regclass, month date)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
  select partition.oid::regclass, to_date(right(partition.relname, 7), 'YYYY_MM')
  from pg_catalog.pg_inherits
  inner join pg_catalog.pg_class as partition on partition.oid = pg_inherits.inhrelid
  where pg_inherits.inhparent = 'bo.admin_audit_logs'::regclass and partition.relname ~ '^admin_audit_logs_\d{4}_(0[1-9]|1[0-2])$'
  order by 2;
$_$;
ALTER FUNCTION bo.audit_partitions() OWNER TO bo_owner;
COMMENT ON FUNCTION bo.audit_partitions() IS 'The monthly partitions of the audit log, oldest first';
CREATE FUNCTION bo.audit_row_findings(p_month date DEFAULT NULL::date) RETURNS SETOF bo.audit_finding
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select finding.kind, 'bo.admin_audit_logs_' || to_char(span.month, 'YYYY_MM'), span.seal_number, finding.audit_id, finding.detail
  from bo.audit_spans() as span
  cross join lateral (
    select
      coalesce(due.audit_id, stored.audit_id),
      case when stored.hash is null then 'ROW_MISSING' when due.hash is null then 'ROW_INSERTED' else 'ROW_CHANGED' end,
      case
        when stored.hash is null then 'no longer among the rows of its month'
        when due.hash is null then 'not there when this part of the log was sealed'
        else 'not what it was when it was sealed'
      end
    from unnest(span.audit_ids, span.row_hashes) as due (audit_id, hash)
    full join (
      select log.audit_id, bo.audit_row_hash(log) as hash
      from bo.admin_audit_logs as log
      where
        log.xid between span.from_xid and span.to_xid
        and log.requested_at >= span.month::timestamp at time zone 'UTC'
        and date_trunc('month', log.requested_at at time zone 'UTC') = span.month
        and (log.xid, log.audit_id) >= (span.from_xid, span.from_audit_id)
        and (log.xid, log.audit_id) <= (span.to_xid, span.to_audit_id)
        and (span.epoch_after is null or log.audit_id > span.epoch_after)
        and log.audit_id <= span.epoch_through
    ) as stored on stored.audit_id = due.audit_id
    where stored.hash is distinct from due.hash
  ) as finding (audit_id, kind, detail)
  where p_month is null or span.month = p_month
  union all
  -- Months are told by their rows here: such a row may be in any partition.
  select
    'XID_AHEAD', log.tableoid::regclass::text, null, log.audit_id,
    case
      when num_nulls(log.xid, log.audit_id, log.requested_at) > 0 then 'it has no transaction, audit_id or time'
      else format('no transaction has the id %s yet', log.xid)
    end
  from bo.admin_audit_logs as log
  where
    (p_month is null or log.requested_at is null or date_trunc('month', log.requested_at at time zone 'UTC') = p_month)
    and (
      log.xid is null
      or log.audit_id is null
      or log.requested_at is null
      or (
        log.xid >= pg_snapshot_xmax(pg_current_snapshot())
        and log.audit_id > coalesce(
          (select max(seal.last_audit_id) from bo.audit_seals as seal where seal.kind = 'EPOCH'), -9223372036854775808
        )
      )
    );
$$;
ALTER FUNCTION bo.audit_row_findings(p_month date) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.audit_row_findings(p_month date) IS 'Rows, of one month or of all, that are not what was sealed, or could never be sealed';
CREATE FUNCTION bo.utc_text(p_time timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    RETURN to_char((p_time AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text);
ALTER FUNCTION bo.utc_text(p_time timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.utc_text(p_time timestamp with time zone) IS 'UTC with six decimals of a second, in every session alike; for what is hashed';
CREATE TABLE bo.admin_audit_logs (
    audit_id bigint NOT NULL,
    actor_id text NOT NULL,
    actor_roles text[] NOT NULL,
    action bo.audit_action NOT NULL,
    resource_type bo.audit_resource_type NOT NULL,
    resource_id text NOT NULL,
    result bo.audit_result NOT NULL,
    status_code integer NOT NULL,
    ip inet,
    user_agent text,
    request_method text NOT NULL,
    request_path text NOT NULL,
    request_query text,
    requested_at timestamp with time zone NOT NULL,
    duration_ms double precision NOT NULL,
    result_count bo.row_count NOT NULL,
    correlation_id text NOT NULL,
    access_reason text,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT denied_is_403 CHECK ((((result)::text = 'DENIED'::text) = (status_code = 403)))
)
PARTITION BY RANGE (requested_at);
ALTER TABLE bo.admin_audit_logs OWNER TO bo_owner;
COMMENT ON TABLE bo.admin_audit_logs IS 'Who asked what and what came back; one row for each answer, written by the statement that reads the answer. Rows are only ever added, and sealed by bo.audit_seals';
COMMENT ON COLUMN bo.admin_audit_logs.audit_id IS 'Order of writing within a session; gaps are normal';
COMMENT ON COLUMN bo.admin_audit_logs.actor_id IS 'Who asked';
COMMENT ON COLUMN bo.admin_audit_logs.actor_roles IS 'Roles that the actor had then';
COMMENT ON COLUMN bo.admin_audit_logs.action IS 'Which lookup';
COMMENT ON COLUMN bo.admin_audit_logs.resource_type IS 'What resource_id names';
COMMENT ON COLUMN bo.admin_audit_logs.resource_id IS 'The id that was asked for; * for a list of all';
COMMENT ON COLUMN bo.admin_audit_logs.result IS 'FOUND, NOT_FOUND or DENIED';
COMMENT ON COLUMN bo.admin_audit_logs.status_code IS 'HTTP status of the answer';
COMMENT ON COLUMN bo.admin_audit_logs.ip IS 'Address of the client';
COMMENT ON COLUMN bo.admin_audit_logs.user_agent IS 'User-Agent header';
COMMENT ON COLUMN bo.admin_audit_logs.request_method IS 'GET, HEAD, or POST for a batch of lookups';
COMMENT ON COLUMN bo.admin_audit_logs.request_path IS 'Path as sent';
COMMENT ON COLUMN bo.admin_audit_logs.request_query IS 'Query as sent, secret values masked';
COMMENT ON COLUMN bo.admin_audit_logs.requested_at IS 'When the answer was read; the partition key';
COMMENT ON COLUMN bo.admin_audit_logs.duration_ms IS 'Milliseconds from the request to this row';
COMMENT ON COLUMN bo.admin_audit_logs.result_count IS 'Rows in the answer';
COMMENT ON COLUMN bo.admin_audit_logs.correlation_id IS 'X-Correlation-ID of the answer';
COMMENT ON COLUMN bo.admin_audit_logs.access_reason IS 'X-Access-Reason header: why, a ticket say';
COMMENT ON COLUMN bo.admin_audit_logs.xid IS 'Transaction that wrote the row; with audit_id the order of sealing';
CREATE FUNCTION bo.audit_row_hash(p_row bo.admin_audit_logs) RETURNS bytea
    LANGUAGE sql STABLE
    RETURN sha256(convert_to((json_build_array(((p_row).audit_id)::text, (p_row).actor_id, to_jsonb((p_row).actor_roles), (p_row).action, (p_row).resource_type, (p_row).resource_id, (p_row).result, ((p_row).status_code)::text, ((p_row).ip)::text, (p_row).user_agent, (p_row).request_method, (p_row).request_path, (p_row).request_query, bo.utc_text((p_row).requested_at), encode(float8send((p_row).duration_ms), 'hex'::text), ((p_row).result_count)::text, (p_row).correlation_id, (p_row).access_reason, ((p_row).xid)::text))::text, 'UTF8'::name));
ALTER FUNCTION bo.audit_row_hash(p_row bo.admin_audit_logs) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.audit_row_hash(p_row bo.admin_audit_logs) IS 'SHA-256 of the canonical form of an audit row';
CREATE FUNCTION bo.audit_seal_hash(p_seal bo.audit_seals) RETURNS bytea
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select sha256(convert_to(
    jsonb_build_array(
      p_seal.seal_number::text, p_seal.kind, p_seal.epoch::text, to_char(p_seal.month, 'YYYY-MM'), p_seal.row_count::text,
      p_seal.first_xid::text, p_seal.first_audit_id::text, p_seal.last_xid::text, p_seal.last_audit_id::text,
      p_seal.audit_ids::text [],
      array(select encode(hash.value, 'hex') from unnest(p_seal.row_hashes) with ordinality as hash (value, place) order by hash.place),
      p_seal.reason, encode(p_seal.previous_hash, 'hex'), bo.utc_text(p_seal.sealed_at)
    )::text,
    'UTF8'
  ));
$$;
ALTER FUNCTION bo.audit_seal_hash(p_seal bo.audit_seals) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.audit_seal_hash(p_seal bo.audit_seals) IS 'SHA-256 of the canonical form of a block of the chain';
CREATE FUNCTION bo.audit_spans() RETURNS TABLE(seal_number bigint, month date, from_xid xid8, from_audit_id bigint, to_xid xid8, to_audit_id bigint, epoch_after bigint, epoch_through bigint, audit_ids bigint[], row_hashes bytea[])
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with epochs as (
    select
      epoch.number, epoch.starts_after, coalesce(lead(epoch.starts_after) over by_number, 9223372036854775807) as ends_with,
      lead(epoch.number) over by_number is not null as has_ended
    from (
      select 1 as number, null::bigint as starts_after
      union all
      select seal.epoch, seal.last_audit_id from bo.audit_seals as seal where seal.kind = 'EPOCH'
    ) as epoch
    window by_number as (order by epoch.number)
  ),
  detached as (
    select seal.month, max(seal.seal_number) as seal_number from bo.audit_seals as seal where seal.kind = 'DETACH' group by seal.month
  ),
  months as (
    select bo.audit_months() as month
    union
    select seal.month from bo.audit_seals as seal where seal.kind = 'ROWS'
  ),
  spans as (
    select seal.seal_number, seal.month, seal.epoch, seal.last_xid, seal.last_audit_id, seal.audit_ids, seal.row_hashes
    from bo.audit_seals as seal
    where seal.kind = 'ROWS'
    union all
    select null, months.month, epochs.number, '18446744073709551615', 9223372036854775807, '{}', '{}'
    from months
    cross join epochs
    where epochs.has_ended
  )
  select
    spans.seal_number, spans.month, coalesce(lag(spans.last_xid) over in_order, '0'),
    coalesce(lag(spans.last_audit_id) over in_order + 1, -9223372036854775808), spans.last_xid, spans.last_audit_id,
    epochs.starts_after, epochs.ends_with,
    case when spans.seal_number < detached.seal_number then '{}' else spans.audit_ids end,
    case when spans.seal_number < detached.seal_number then '{}' else spans.row_hashes end
  from spans
  inner join epochs on epochs.number = spans.epoch
  left join detached on detached.month = spans.month
  window in_order as (partition by spans.month, spans.epoch order by spans.seal_number nulls last);
$$;
ALTER FUNCTION bo.audit_spans() OWNER TO bo_owner;
COMMENT ON FUNCTION bo.audit_spans() IS 'All places that sealed rows may have, from and to (xid, audit_id) within a month and audit_ids of an epoch, with the rows that are due there';
CREATE FUNCTION bo.begin_audit_epoch(p_reason text, p_last_audit_id bigint DEFAULT NULL::bigint) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_max_rows constant integer := 10000; -- rows in a block
  c_audit_ids constant regclass := pg_get_serial_sequence('bo.admin_audit_logs', 'audit_id')::regclass;
  v_newest_audit_id bigint;
  v_sealed_audit_id bigint;
  v_month date;
  v_seal bo.audit_seals;
begin
  lock table bo.admin_audit_logs in share mode;
  if not bo.lock_audit_seals() then
    raise lock_not_available using message = 'another session seals the audit log';
  end if;
  select max(sealed.audit_id) into v_sealed_audit_id
  from bo.audit_seals as seal
  cross join lateral unnest(seal.audit_ids) as sealed (audit_id)
  where seal.seal_number > coalesce((select max(epoch.seal_number) from bo.audit_seals as epoch where epoch.kind = 'EPOCH'), 0);
  if p_last_audit_id < v_sealed_audit_id then
    raise invalid_parameter_value using
      message = format('rows up to audit_id %s are sealed already, so they can''t be of the epoch to come', v_sealed_audit_id);
  end if;
  select greatest(max(log.audit_id), nextval(c_audit_ids)) into v_newest_audit_id from bo.admin_audit_logs as log;
  perform setval(c_audit_ids, v_newest_audit_id);
  v_seal.last_audit_id := coalesce(p_last_audit_id, v_newest_audit_id);
  for v_month in select bo.audit_months() loop
    while (bo.seal_audit_rows(v_month, '18446744073709551615', c_max_rows, v_seal.last_audit_id)).seal_number is not null loop
    end loop;
  end loop;
  v_seal.kind := 'EPOCH';
  v_seal.audit_ids := '{}';
  v_seal.row_hashes := '{}';
  v_seal.reason := p_reason;
  return (bo.append_audit_seal(v_seal)).seal_number;
end;
$$;
ALTER FUNCTION bo.begin_audit_epoch(p_reason text, p_last_audit_id bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.begin_audit_epoch(p_reason text, p_last_audit_id bigint) IS 'After a restore into another cluster: seals the rows that came along, by default all, and begins to count xids anew; returns the block';
CREATE FUNCTION bo.begin_backfill(p_kind text, p_file_sha256 bytea, p_since timestamp with time zone, p_until timestamp with time zone, p_file_name text, p_file_bytes bigint, p_restart boolean) RETURNS TABLE(backfill_id bigint, lines_applied bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_now constant timestamptz := bo.clock();
begin
  return query
  insert into bo.backfill_progress as known (
    kind, file_sha256, since, until, file_name, file_bytes, lines_applied, started_at, updated_at
  )
  values (p_kind, p_file_sha256, p_since, p_until, p_file_name, p_file_bytes, 0, c_now, c_now)
  on conflict on constraint backfill_is_known_once do update
    set
      file_name = excluded.file_name,
      lines_applied = case when p_restart or known.finished_at is not null then 0 else known.lines_applied end,
      started_at = case when p_restart or known.finished_at is not null then c_now else known.started_at end,
      updated_at = c_now,
      finished_at = null
  returning known.backfill_id, known.lines_applied;
end;
$$;
ALTER FUNCTION bo.begin_backfill(p_kind text, p_file_sha256 bytea, p_since timestamp with time zone, p_until timestamp with time zone, p_file_name text, p_file_bytes bigint, p_restart boolean) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.begin_backfill(p_kind text, p_file_sha256 bytea, p_since timestamp with time zone, p_until timestamp with time zone, p_file_name text, p_file_bytes bigint, p_restart boolean) IS 'Notes that a file is being backfilled; returns its id and how many of its lines are applied already';
CREATE FUNCTION bo.bytes_as_text(p_bytes bytea) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return convert_from(p_bytes, 'UTF8');
exception
  when character_not_in_repertoire or untranslatable_character then
    return p_bytes::text;
end;
$$;
ALTER FUNCTION bo.bytes_as_text(p_bytes bytea) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.bytes_as_text(p_bytes bytea) IS 'UTF-8 bytes as text; what is not UTF-8, or has a NUL, as \x and hexadecimal digits';
CREATE FUNCTION bo.check_pairs(p_max_orders integer DEFAULT NULL::integer, OUT checked bigint, OUT drifted bigint) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_chunk_orders constant integer := 10000;
  v_chunk text[];
begin
  checked := 0;
  drifted := 0;
  loop
    v_chunk := case
      when p_max_orders is null then bo.order_ids_after(v_chunk[cardinality(v_chunk)], c_chunk_orders)
      else bo.sample_order_ids(p_max_orders)
    end;
    exit when coalesce(cardinality(v_chunk), 0) = 0;
    checked := checked + cardinality(v_chunk);
    drifted := drifted + (select count(*) from bo.pair_drift(v_chunk));
    exit when p_max_orders is not null;
  end loop;
end;
$$;
ALTER FUNCTION bo.check_pairs(p_max_orders integer, OUT checked bigint, OUT drifted bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.check_pairs(p_max_orders integer, OUT checked bigint, OUT drifted bigint) IS 'How many pairs differ from the ledger (0 expected) among how many orders: all, or a sample of at most so many';
CREATE FUNCTION bo.claim_dead_letter(p_filter bo.dead_letter_filter) RETURNS TABLE(dlq_id bigint, topic text, payload bytea, record_timestamp_us bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_sort TO 'off'
    AS $$
  select
    letter.dlq_id, letter.topic, letter.payload,
    (extract(epoch from letter.record_timestamp) * 1000000)::bigint
  from bo.consumer_dlq_events as letter
  where
    letter.dlq_id >= coalesce((p_filter).from_id, 0) -- known to matches() too, but the index needs it said here
    and bo.matches(letter, p_filter) and letter.status <> 'RESOLVED'
  order by letter.dlq_id
  limit 1
  for update of letter skip locked;
$$;
ALTER FUNCTION bo.claim_dead_letter(p_filter bo.dead_letter_filter) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.claim_dead_letter(p_filter bo.dead_letter_filter) IS 'The first matching dead letter that is not resolved and in nobody''s hands; it is the caller''s until his transaction ends';
CREATE FUNCTION bo.clock() RETURNS timestamp with time zone
    LANGUAGE sql
    RETURN clock_timestamp();
ALTER FUNCTION bo.clock() OWNER TO bo_owner;
COMMENT ON FUNCTION bo.clock() IS 'The time now';
CREATE FUNCTION bo.computed_pairs(p_order_ids text[]) RETURNS SETOF bo.computed_pair
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return query
  select pair.*
  from bo.fold_pairs(array(
    select row(entry.related_id, entry.entry_type, entry.tx_id, entry.wallet_id, entry.event_time, entry.amount)::bo.pair_entry
    from bo.ledger_entries as entry
    where
      entry.related_id = any(p_order_ids)
      and bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) is not null
  )) as pair;
end;
$$;
ALTER FUNCTION bo.computed_pairs(p_order_ids text[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.computed_pairs(p_order_ids text[]) IS 'What the pairs of these orders have to be, by the ledger alone';
CREATE FUNCTION bo.count_dead_letters(p_filter bo.dead_letter_filter, OUT letters bigint, OUT last_id bigint) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select count(*), max(letter.dlq_id) from bo.consumer_dlq_events as letter where bo.matches(letter, p_filter);
$$;
ALTER FUNCTION bo.count_dead_letters(p_filter bo.dead_letter_filter, OUT letters bigint, OUT last_id bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.count_dead_letters(p_filter bo.dead_letter_filter, OUT letters bigint, OUT last_id bigint) IS 'How many dead letters match, and the last of them: what a replay that starts now has before it';
CREATE FUNCTION bo.create_audit_partitions(p_months_ahead integer DEFAULT 3) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET lock_timeout TO '100ms'
    AS $_$
declare
  c_job_lock constant integer := 4041001; -- advisory lock of this job
  v_months timestamptz[];
  v_month timestamptz;
  v_partition text;
begin
  if not pg_try_advisory_xact_lock(c_job_lock) then
    return 0;
  end if;
  v_months := array(
    select month.start
    from generate_series(
      date_trunc('month', least(bo.clock(), (select min(log.requested_at) from bo.admin_audit_logs_default as log))),
      bo.clock() + p_months_ahead * interval '1 month',
      interval '1 month'
    ) as month (start)
    where to_regclass('bo.admin_audit_logs_' || to_char(month.start, 'YYYY_MM')) is null
  );
  if v_months = '{}' then
    return 0;
  end if;
  lock table only bo.admin_audit_logs, bo.admin_audit_logs_default in access exclusive mode;
  alter table bo.admin_audit_logs_default disable trigger is_append_only;
  foreach v_month in array v_months loop
    v_partition := 'admin_audit_logs_' || to_char(v_month, 'YYYY_MM');
    execute format('create table bo.%I (like bo.admin_audit_logs including defaults including constraints)', v_partition);
    execute format(
      'with moved as (
         delete from bo.admin_audit_logs_default where requested_at >= %1$L and requested_at < %2$L returning *
       )
       insert into bo.%3$I select * from moved', v_month, v_month + interval '1 month', v_partition
    );
    execute format(
      'alter table bo.admin_audit_logs attach partition bo.%I for values from (%L) to (%L)',
      v_partition, v_month, v_month + interval '1 month'
    );
    execute format('comment on table bo.%I is %L', v_partition, 'Audit rows of ' || to_char(v_month, 'YYYY-MM'));
  end loop;
  alter table bo.admin_audit_logs_default enable trigger is_append_only;
  perform bo.protect_audit_log();
  return cardinality(v_months);
end;
$_$;
ALTER FUNCTION bo.create_audit_partitions(p_months_ahead integer) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.create_audit_partitions(p_months_ahead integer) IS 'Makes the monthly partitions of the audit log from now to some months ahead; returns how many';
CREATE FUNCTION bo.detach_audit_partitions(p_months_to_keep integer DEFAULT 13) RETURNS TABLE(partition regclass, is_detached boolean, detail text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '100ms'
    AS $$
declare
  v_ended record;
  v_seal bo.audit_seals;
begin
  if p_months_to_keep < 1 then
    raise invalid_parameter_value using message = 'at least one month is kept';
  end if;
  for v_ended in
    select unnested.*
    from (
      select
        array_agg(ended.partition order by ended.month) as partitions,
        array_agg(ended.month order by ended.month) as months,
        array_agg(
          (select min(finding.kind || ' ' || finding.audit_id) from bo.audit_row_findings(ended.month) as finding) order by ended.month
        ) as findings
      from bo.audit_partitions() as ended
      where ended.month < date_trunc('month', bo.clock() at time zone 'UTC') - p_months_to_keep * interval '1 month'
    ) as verified
    cross join lateral unnest(verified.partitions, verified.months, verified.findings) as unnested (partition, month, finding)
  loop
    partition := v_ended.partition;
    detail := v_ended.finding;
    if detail is null then
      execute format('lock table only bo.admin_audit_logs, %s in access exclusive mode', partition);
      if not bo.lock_audit_seals() then
        raise lock_not_available using message = 'another session seals the audit log';
      end if;
      detail := 'not sealed from ' || bo.utc_text(bo.oldest_unsealed(v_ended.month)) || ' on';
    end if;
    is_detached := detail is null;
    if is_detached then
      v_seal.kind := 'DETACH';
      v_seal.month := v_ended.month;
      v_seal.audit_ids := '{}';
      v_seal.row_hashes := '{}';
      perform bo.append_audit_seal(v_seal);
      execute format('alter table bo.admin_audit_logs detach partition %s', partition);
    end if;
    return next;
  end loop;
end;
$$;
ALTER FUNCTION bo.detach_audit_partitions(p_months_to_keep integer) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.detach_audit_partitions(p_months_to_keep integer) IS 'Detaches the partitions of months that are over, save so many, if every row is sealed and as it was sealed, else says why not; to archive and drop them is the DBA''s';
CREATE FUNCTION bo.discard_dead_letters(p_filter bo.dead_letter_filter, p_limit integer, p_actor text, p_reason text) RETURNS TABLE(dlq_id bigint, outcome text, error text, topic text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_sort TO 'off'
    AS $$
declare
  v_letter record;
begin
  for v_letter in
    select letter.dlq_id, letter.error, letter.topic
    from bo.consumer_dlq_events as letter
    where
      letter.dlq_id >= coalesce((p_filter).from_id, 0) -- known to matches() too, but the index needs it said here
      and bo.matches(letter, p_filter) and letter.status in ('OPEN', 'PARKED')
    order by letter.dlq_id
    limit p_limit
    for update of letter skip locked
  loop
    update bo.consumer_dlq_events as letter
    set status = 'DISCARDED', resolved_at = bo.clock()
    where letter.dlq_id = v_letter.dlq_id;
    perform bo.log_dlq_action('DISCARD', p_actor, p_reason, v_letter.dlq_id, 'discarded');
    return query select v_letter.dlq_id, 'discarded', v_letter.error, v_letter.topic;
  end loop;
end;
$$;
ALTER FUNCTION bo.discard_dead_letters(p_filter bo.dead_letter_filter, p_limit integer, p_actor text, p_reason text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.discard_dead_letters(p_filter bo.dead_letter_filter, p_limit integer, p_actor text, p_reason text) IS 'Gives up matching dead letters that are open or parked, in the order of their ids; skips those in other hands';
CREATE FUNCTION bo.first_unsealed(p_month date, OUT xid xid8, OUT audit_id bigint, OUT epoch_after bigint) RETURNS record
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with epoch as (
    select seal.seal_number, seal.last_audit_id as starts_after
    from bo.audit_seals as seal
    where seal.month is null
    order by seal.month desc, seal.seal_number desc
    limit 1
  )
  select coalesce(last.last_xid, '0'), coalesce(last.last_audit_id + 1, -9223372036854775808), epoch.starts_after
  from (select) as always
  left join epoch on true
  left join lateral (
    select seal.month, seal.seal_number, seal.last_xid, seal.last_audit_id
    from bo.audit_seals as seal
    where (seal.month, seal.seal_number) <= (p_month, 9223372036854775807) and seal.kind = 'ROWS'
    order by seal.month desc, seal.seal_number desc
    limit 1
  ) as last on last.month = p_month and last.seal_number > coalesce(epoch.seal_number, 0);
$$;
ALTER FUNCTION bo.first_unsealed(p_month date, OUT xid xid8, OUT audit_id bigint, OUT epoch_after bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.first_unsealed(p_month date, OUT xid xid8, OUT audit_id bigint, OUT epoch_after bigint) IS 'From which (xid, audit_id) on the rows of a month are not sealed yet; those with an audit_id up to epoch_after are of an earlier epoch';
CREATE FUNCTION bo.fold_pairs(p_entries bo.pair_entry[]) RETURNS SETOF bo.computed_pair
    LANGUAGE plpgsql IMMUTABLE ROWS 10
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return query
  with slot as (
    select distinct on (entry.payment_order_id, entry.entry_type)
      entry.payment_order_id, entry.entry_type, entry.tx_id, entry.wallet_id, entry.event_time, entry.amount,
      count(*) over (partition by entry.payment_order_id, entry.entry_type)::integer as entry_count
    from unnest(p_entries) as entry
    order by entry.payment_order_id, entry.entry_type, entry.event_time, entry.tx_id
  ),
  payment as (select * from slot where slot.entry_type = 'PAYMENT'),
  receive as (select * from slot where slot.entry_type = 'RECEIVE')
  select
    payment_order_id, payment.tx_id, receive.tx_id, payment.wallet_id, receive.wallet_id,
    payment.event_time, receive.event_time, coalesce(payment.entry_count, 0), coalesce(receive.entry_count, 0),
    payment.amount, receive.amount
  from payment
  full join receive using (payment_order_id);
end;
$$;
ALTER FUNCTION bo.fold_pairs(p_entries bo.pair_entry[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.fold_pairs(p_entries bo.pair_entry[]) IS 'The pairs that these eligible entries make';
CREATE FUNCTION bo.import_dead_letters(p_letters bo.dead_letter[], p_source text, p_actor text, p_reason text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_stored constant bigint := bo.store_dead_letters(p_letters);
begin
  if v_stored > 0 then
    perform bo.log_dlq_action(
      'IMPORT', p_actor, p_reason, null, 'imported', jsonb_build_object('letters', v_stored, 'source', p_source)
    );
  end if;
  return v_stored;
end;
$$;
ALTER FUNCTION bo.import_dead_letters(p_letters bo.dead_letter[], p_source text, p_actor text, p_reason text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.import_dead_letters(p_letters bo.dead_letter[], p_source text, p_actor text, p_reason text) IS 'Takes letters that were kept in a file or a topic; returns how many were new';
CREATE FUNCTION bo.list_dead_letters(p_filter bo.dead_letter_filter, p_raw boolean DEFAULT false, p_actor text DEFAULT NULL::text, p_reason text DEFAULT NULL::text) RETURNS TABLE(status text, error text, topic text, letters bigint, first_at timestamp with time zone, last_at timestamp with time zone, example_id bigint, example_detail text, example_key text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if p_raw then
    perform bo.log_dlq_action('LIST_RAW', p_actor, p_reason, null, 'shown', to_jsonb(p_filter) - 'key');
  end if;
  return query
  select
    found.status, found.error, found.topic, found.letters, found.first_at, found.last_at,
    example.dlq_id, example.error_detail,
    case when p_raw then bo.bytes_as_text(example.key) else bo.masked_text(example.key) end
  from (
    select
      letter.status, letter.error, letter.topic, count(*) as letters, min(letter.ingested_at) as first_at,
      max(letter.ingested_at) as last_at, min(letter.dlq_id) as example_id
    from bo.consumer_dlq_events as letter
    where bo.matches(letter, p_filter)
    group by letter.status, letter.error, letter.topic
  ) as found
  inner join bo.consumer_dlq_events as example on example.dlq_id = found.example_id
  order by found.letters desc, found.error, found.topic, found.status;
end;
$$;
ALTER FUNCTION bo.list_dead_letters(p_filter bo.dead_letter_filter, p_raw boolean, p_actor text, p_reason text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.list_dead_letters(p_filter bo.dead_letter_filter, p_raw boolean, p_actor text, p_reason text) IS 'Dead letters by status, error and topic, each group with an example; raw, with its key as it is, which needs a reason and is logged';
CREATE FUNCTION bo.lock_audit_seals(p_waits boolean DEFAULT false) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_job_lock constant integer := 4041004; -- advisory lock of whoever adds to the chain
begin
  if p_waits then
    perform pg_advisory_xact_lock(c_job_lock);
    return true;
  end if;
  return pg_try_advisory_xact_lock(c_job_lock);
end;
$$;
ALTER FUNCTION bo.lock_audit_seals(p_waits boolean) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.lock_audit_seals(p_waits boolean) IS 'Whether the caller may add to the chain of seals until its transaction ends; p_waits: until it may, or lock_timeout is over';
CREATE FUNCTION bo.log_dlq_action(p_action text, p_actor text, p_reason text, p_dlq_id bigint, p_outcome text, p_detail jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  insert into bo.dlq_actions (acted_at, actor, login_role, action, reason, dlq_id, outcome, detail)
  values (bo.clock(), p_actor, session_user, p_action, p_reason, p_dlq_id, p_outcome, p_detail);
$$;
ALTER FUNCTION bo.log_dlq_action(p_action text, p_actor text, p_reason text, p_dlq_id bigint, p_outcome text, p_detail jsonb) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.log_dlq_action(p_action text, p_actor text, p_reason text, p_dlq_id bigint, p_outcome text, p_detail jsonb) IS 'Adds a row to bo.dlq_actions';
CREATE FUNCTION bo.masked_payload(p_payload bytea) RETURNS json
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
  return (
    select coalesce(json_object_agg(
      -- A name that could be a value is masked like one.
      case when member.key ~ '^[A-Za-z_]{1,40}$' then member.key else bo.masked_text(convert_to(member.key, 'UTF8')) end,
      case json_typeof(member.value)
        when 'string' then bo.masked_text(convert_to(member.value #>> '{}', 'UTF8'))
        else json_typeof(member.value)
      end
    ), '{}')
    from json_each(convert_from(p_payload, 'UTF8')::json) as member
    having p_payload is not null
  );
exception
  when data_exception or program_limit_exceeded then
    return to_json(bo.masked_text(p_payload));
end;
$_$;
ALTER FUNCTION bo.masked_payload(p_payload bytea) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.masked_payload(p_payload bytea) IS 'A payload with its values masked: of an object the names, and the type and length of each value';
CREATE FUNCTION bo.masked_text(p_bytes bytea) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select format(case when text.shown like '\\x%' then 'bytes(%s)' else 'text(%s)' end, length(p_bytes))
  from (select bo.bytes_as_text(p_bytes)) as text (shown)
  where p_bytes is not null;
$$;
ALTER FUNCTION bo.masked_text(p_bytes bytea) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.masked_text(p_bytes bytea) IS 'In place of a value: whether it is UTF-8 text, and how many bytes it has';
CREATE TABLE bo.consumer_dlq_events (
    dlq_id bigint NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    key bytea,
    payload bytea,
    header_names bytea[] NOT NULL,
    header_values bytea[] NOT NULL,
    record_timestamp timestamp with time zone,
    error text NOT NULL,
    error_detail text NOT NULL,
    profile_id text NOT NULL,
    correlation_id text,
    attempts integer DEFAULT 1 NOT NULL,
    status text DEFAULT 'OPEN'::text NOT NULL,
    ingested_at timestamp with time zone NOT NULL,
    payload_sha256 bytea GENERATED ALWAYS AS (sha256(payload)) STORED,
    resolved_at timestamp with time zone,
    replaces bigint,
    CONSTRAINT attempts_are_positive CHECK ((attempts > 0)),
    CONSTRAINT closed_ones_have_their_time CHECK (((resolved_at IS NOT NULL) = (status = ANY (ARRAY['RESOLVED'::text, 'DISCARDED'::text])))),
    CONSTRAINT error_is_known CHECK ((error = ANY (ARRAY['parse_error'::text, 'contract_core_violation'::text, 'unsupported_topic'::text, 'internal_error'::text]))),
    CONSTRAINT headers_are_pairs CHECK ((cardinality(header_names) = cardinality(header_values))),
    CONSTRAINT replacement_is_resolved CHECK (((replaces IS NULL) OR (status = 'RESOLVED'::text))),
    CONSTRAINT status_is_known CHECK ((status = ANY (ARRAY['OPEN'::text, 'PARKED'::text, 'RESOLVED'::text, 'DISCARDED'::text])))
);
ALTER TABLE bo.consumer_dlq_events OWNER TO bo_owner;
COMMENT ON TABLE bo.consumer_dlq_events IS 'Dead letters: records that are at fault themselves, byte for byte as they came';
COMMENT ON COLUMN bo.consumer_dlq_events.dlq_id IS 'Order of arrival here; gaps are normal';
COMMENT ON COLUMN bo.consumer_dlq_events.topic IS 'Topic of the record';
COMMENT ON COLUMN bo.consumer_dlq_events.partition IS 'Partition of the record';
COMMENT ON COLUMN bo.consumer_dlq_events."offset" IS 'Offset of the record';
COMMENT ON COLUMN bo.consumer_dlq_events.key IS 'Key bytes; null when the record has none';
COMMENT ON COLUMN bo.consumer_dlq_events.payload IS 'Payload bytes; null when the record has none';
COMMENT ON COLUMN bo.consumer_dlq_events.header_names IS 'Header names in order, duplicates kept';
COMMENT ON COLUMN bo.consumer_dlq_events.header_values IS 'Header values in the order of header_names; null elements for headers without a value';
COMMENT ON COLUMN bo.consumer_dlq_events.record_timestamp IS 'Timestamp of the Kafka record, if it has one';
COMMENT ON COLUMN bo.consumer_dlq_events.error IS 'Class of the fault';
COMMENT ON COLUMN bo.consumer_dlq_events.error_detail IS 'What is wrong, without values of the payload';
COMMENT ON COLUMN bo.consumer_dlq_events.profile_id IS 'Event profile that the record was read by';
COMMENT ON COLUMN bo.consumer_dlq_events.correlation_id IS 'Correlation id of the record, if one could be read';
COMMENT ON COLUMN bo.consumer_dlq_events.attempts IS 'How often the record was tried';
COMMENT ON COLUMN bo.consumer_dlq_events.status IS 'OPEN: to be mended. PARKED: failed too often, replayed only when asked for. RESOLVED: applied by a replay. DISCARDED: given up';
COMMENT ON COLUMN bo.consumer_dlq_events.ingested_at IS 'When it was stored here';
COMMENT ON COLUMN bo.consumer_dlq_events.payload_sha256 IS 'For the rule that a record is stored once';
COMMENT ON COLUMN bo.consumer_dlq_events.resolved_at IS 'When it was resolved or discarded';
COMMENT ON COLUMN bo.consumer_dlq_events.replaces IS 'The letter whose edited payload this is; that one keeps what came';
CREATE FUNCTION bo.matches(p_letter bo.consumer_dlq_events, p_filter bo.dead_letter_filter) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN ((((p_filter).topic IS NULL) OR ((p_letter).topic = (p_filter).topic)) AND (((p_filter).error IS NULL) OR ((p_letter).error = (p_filter).error)) AND (((p_filter).since IS NULL) OR ((p_letter).ingested_at >= (p_filter).since)) AND (((p_filter).until IS NULL) OR ((p_letter).ingested_at < (p_filter).until)) AND (((p_filter).key IS NULL) OR ((p_letter).key = (p_filter).key)) AND (((p_filter).from_id IS NULL) OR ((p_letter).dlq_id >= (p_filter).from_id)) AND (((p_filter).to_id IS NULL) OR ((p_letter).dlq_id <= (p_filter).to_id)) AND (((p_filter).statuses IS NULL) OR ((p_letter).status = ANY ((p_filter).statuses))));
ALTER FUNCTION bo.matches(p_letter bo.consumer_dlq_events, p_filter bo.dead_letter_filter) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.matches(p_letter bo.consumer_dlq_events, p_filter bo.dead_letter_filter) IS 'Whether a dead letter is one of those asked for';
CREATE FUNCTION bo.not_stored(p_events bo.ledger_event[]) RETURNS bo.ledger_event[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce((
    select array_agg(event)
    from unnest(p_events) as event
    where not exists (
      select from bo.ledger_entries as entry
      where entry.tx_id = event.tx_id and event *= bo.as_event(entry)
    )
  ), '{}');
end;
$$;
ALTER FUNCTION bo.not_stored(p_events bo.ledger_event[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.not_stored(p_events bo.ledger_event[]) IS 'Those of the events that are not stored just so';
CREATE FUNCTION bo.not_stored(p_events bo.payment_order_event[]) RETURNS bo.payment_order_event[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce((
    select array_agg(event)
    from unnest(p_events) as event
    where not exists (
      select from bo.payment_orders as payment_order
      where payment_order.order_id = event.order_id and event *= bo.as_event(payment_order)
    )
  ), '{}');
end;
$$;
ALTER FUNCTION bo.not_stored(p_events bo.payment_order_event[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.not_stored(p_events bo.payment_order_event[]) IS 'Those of the events that are not stored just so';
CREATE FUNCTION bo.oldest_unsealed(p_month date) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select log.requested_at
  from bo.first_unsealed(p_month) as next
  cross join lateral (
    select stored.requested_at
    from bo.admin_audit_logs as stored
    where
      stored.requested_at >= p_month::timestamp at time zone 'UTC'
      and stored.requested_at < (p_month + interval '1 month') at time zone 'UTC'
      and (stored.xid, stored.audit_id) >= (next.xid, next.audit_id)
      and (next.epoch_after is null or stored.audit_id > next.epoch_after)
    order by stored.xid, stored.audit_id
    limit 1
  ) as log;
$$;
ALTER FUNCTION bo.oldest_unsealed(p_month date) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.oldest_unsealed(p_month date) IS 'Time of the first row of a month, in the order of sealing, that is not sealed; null when all are';
CREATE FUNCTION bo.order_ids_after(p_after text, p_limit integer) RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select array_agg(page.order_id order by page.order_id)
    from (
      (
        select distinct entry.related_id as order_id
        from bo.ledger_entries as entry
        where entry.related_id > coalesce(p_after, '')
        order by entry.related_id
        limit p_limit
      )
      union
      (
        select pair.payment_order_id
        from bo.payment_ledger_pairs as pair
        where pair.payment_order_id > coalesce(p_after, '')
        order by pair.payment_order_id
        limit p_limit
      )
      order by order_id
      limit p_limit
    ) as page
  );
end;
$$;
ALTER FUNCTION bo.order_ids_after(p_after text, p_limit integer) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.order_ids_after(p_after text, p_limit integer) IS 'A chunk for bo.repair_pairs(): the next order ids above a key (null: from the first), in ledger or pairs; null at the end';
CREATE FUNCTION bo.order_ids_touched_since(p_since timestamp with time zone) RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return array(
    with touched as materialized (
      select entry.tx_id, entry.related_id
      from bo.ledger_entries as entry
      where entry.ingested_at >= p_since
    )
    select touched.related_id as order_id
    from touched
    where touched.related_id is not null
    union
    select pair.payment_order_id
    from bo.payment_ledger_pairs as pair
    inner join touched on touched.tx_id = pair.payment_tx_id
    union
    select pair.payment_order_id
    from bo.payment_ledger_pairs as pair
    inner join touched on touched.tx_id = pair.receive_tx_id
    union
    select pair.payment_order_id
    from bo.payment_ledger_pairs as pair
    where pair.has_extra_entries
    order by order_id
  );
end;
$$;
ALTER FUNCTION bo.order_ids_touched_since(p_since timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.order_ids_touched_since(p_since timestamp with time zone) IS 'Orders that an entry applied since then belongs to or may have left, ascending; with them all that have extra entries';
CREATE FUNCTION bo.orders_without_entries(p_minutes integer DEFAULT 10) RETURNS TABLE(order_id text, status text, amount numeric, created_at timestamp with time zone, ingested_at timestamp with time zone)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return query
  select payment_order.order_id, payment_order.status, payment_order.amount, payment_order.created_at, payment_order.ingested_at
  from bo.payment_orders as payment_order
  where
    payment_order.ingested_at <= bo.clock() - p_minutes * interval '1 minute'
    and not exists (
      select from bo.ledger_entries as entry
      where
        entry.related_id = payment_order.order_id
        and (entry.related_type is null or entry.related_type = 'PAYMENT_ORDER')
    )
  order by payment_order.ingested_at, payment_order.order_id;
end;
$$;
ALTER FUNCTION bo.orders_without_entries(p_minutes integer) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.orders_without_entries(p_minutes integer) IS 'Orders whose version was applied so many minutes ago, and that no ledger entry names; a function since a view has no argument';
CREATE FUNCTION bo.outcome_of(p_result bo.batch_result) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select case
    when p_result.ledger_inserted = 1 or p_result.orders_inserted = 1 then 'inserted'
    when p_result.ledger_updated = 1 or p_result.orders_updated = 1 then 'updated'
    when p_result.ledger_duplicate = 1 or p_result.orders_duplicate = 1 then 'duplicate'
    else 'stale'
  end;
$$;
ALTER FUNCTION bo.outcome_of(p_result bo.batch_result) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.outcome_of(p_result bo.batch_result) IS 'What a batch of one event did: inserted, updated, duplicate or stale';
CREATE FUNCTION bo.pair_count_estimate() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT (NULLIF(class.reltuples, ('-1'::integer)::double precision))::bigint AS "nullif" FROM pg_class class WHERE (class.oid = ('bo.payment_ledger_pairs'::regclass)::oid));
ALTER FUNCTION bo.pair_count_estimate() OWNER TO bo_owner;
COMMENT ON FUNCTION bo.pair_count_estimate() IS 'About how many pairs there are, as of the last ANALYZE; null before the first';
CREATE FUNCTION bo.pair_drift(p_order_ids text[]) RETURNS TABLE(payment_order_id text, stored bo.computed_pair, computed bo.computed_pair)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return query
  select coalesce((pair.stored).payment_order_id, due.payment_order_id), pair.stored, due::bo.computed_pair
  from (
    select bo.as_computed(pair) as stored
    from bo.payment_ledger_pairs as pair
    where pair.payment_order_id = any(p_order_ids)
  ) as pair
  full join bo.computed_pairs(p_order_ids) as due on due.payment_order_id = (pair.stored).payment_order_id
  where pair.stored is distinct from due::bo.computed_pair
  order by 1;
end;
$$;
ALTER FUNCTION bo.pair_drift(p_order_ids text[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.pair_drift(p_order_ids text[]) IS 'The pairs of these orders that are not what the ledger makes of them; null: no such pair';
CREATE FUNCTION bo.pairing_order_id(p_entry_type text, p_related_id text, p_related_type text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN ((p_entry_type = ANY (ARRAY['PAYMENT'::text, 'RECEIVE'::text])) AND ((p_related_type IS NULL) OR (p_related_type = 'PAYMENT_ORDER'::text))) THEN p_related_id ELSE NULL::text END;
ALTER FUNCTION bo.pairing_order_id(p_entry_type text, p_related_id text, p_related_type text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.pairing_order_id(p_entry_type text, p_related_id text, p_related_type text) IS 'The order that a ledger entry is paired in; null when it takes no part in pairing';
CREATE FUNCTION bo.precedes(p_event_time timestamp with time zone, p_tx_id text, p_other_event_time timestamp with time zone, p_other_tx_id text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN ((p_tx_id IS NOT NULL) AND ((p_other_tx_id IS NULL) OR (ROW(p_event_time, (p_tx_id COLLATE "C")) < ROW(p_other_event_time, (p_other_tx_id COLLATE "C")))));
ALTER FUNCTION bo.precedes(p_event_time timestamp with time zone, p_tx_id text, p_other_event_time timestamp with time zone, p_other_tx_id text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.precedes(p_event_time timestamp with time zone, p_tx_id text, p_other_event_time timestamp with time zone, p_other_tx_id text) IS 'Whether the first entry takes the slot from the second; either may be missing (null)';
CREATE FUNCTION bo.protect_audit_log() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_table regclass;
begin
  for v_table in
    select tree.relid
    from pg_catalog.pg_partition_tree('bo.admin_audit_logs') as tree
    where not exists (
      select from pg_catalog.pg_trigger where pg_trigger.tgrelid = tree.relid and pg_trigger.tgname = 'is_append_only'
    )
  loop
    execute format(
      'create trigger is_append_only before update or delete or truncate on %s for each statement execute function bo.refuse_change()',
      v_table
    );
    execute format('comment on trigger is_append_only on %s is %L', v_table, 'What was asked and answered stays known');
  end loop;
end;
$$;
ALTER FUNCTION bo.protect_audit_log() OWNER TO bo_owner;
COMMENT ON FUNCTION bo.protect_audit_log() IS 'Makes the audit log append-only, and every partition that is not so yet';
CREATE FUNCTION bo.prune_dead_letters(p_days integer, p_actor text DEFAULT SESSION_USER, p_limit integer DEFAULT 10000) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_job_lock constant integer := 4041003; -- advisory lock of this job
  v_before constant timestamptz := bo.clock() - p_days * interval '1 day';
  v_pruned bigint;
begin
  if p_days < 0 then
    raise invalid_parameter_value using message = 'days must not be negative';
  end if;
  if not pg_try_advisory_xact_lock(c_job_lock) then
    return 0::bigint;
  end if;
  with due as (
    select letter.dlq_id
    from bo.consumer_dlq_events as letter
    where letter.status in ('RESOLVED', 'DISCARDED') and letter.resolved_at < v_before
    order by letter.resolved_at
    fetch first p_limit rows with ties
  ),
  -- The conditions again: a discarded letter may have been opened by a replay meanwhile.
  locked as (
    select letter.dlq_id
    from bo.consumer_dlq_events as letter
    where
      letter.dlq_id = any(array(select due.dlq_id from due)) -- a join may be planned so that it reads all that are due
      and letter.status in ('RESOLVED', 'DISCARDED') and letter.resolved_at < v_before
    order by letter.dlq_id
    for update of letter
  )
  delete from bo.consumer_dlq_events as letter
  using locked
  where letter.dlq_id = locked.dlq_id;
  get diagnostics v_pruned = row_count;
  if v_pruned > 0 then
    perform bo.log_dlq_action(
      'PRUNE', p_actor, null, null, 'pruned', jsonb_build_object('letters', v_pruned, 'closed_before', v_before)
    );
  end if;
  return v_pruned;
end;
$$;
ALTER FUNCTION bo.prune_dead_letters(p_days integer, p_actor text, p_limit integer) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.prune_dead_letters(p_days integer, p_actor text, p_limit integer) IS 'Deletes dead letters that were resolved or discarded more than some days ago, up to a limit; returns how many';
CREATE FUNCTION bo.read_progress(p_group_id text) RETURNS TABLE(topic text, partition integer, next_offset bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return query
  select progress.topic, progress.partition, progress.next_offset
  from bo.consumer_progress as progress
  where progress.group_id = p_group_id;
end;
$$;
ALTER FUNCTION bo.read_progress(p_group_id text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.read_progress(p_group_id text) IS 'Next offset of each partition that this group has applied records of';
CREATE FUNCTION bo.recompute_pairs(p_order_ids text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  with computed as (
    select * from bo.computed_pairs(p_order_ids)
  ),
  emptied as (
    delete from bo.payment_ledger_pairs as pair
    where
      pair.payment_order_id = any(p_order_ids)
      and not exists (select from computed where computed.payment_order_id = pair.payment_order_id)
  )
  update bo.payment_ledger_pairs as pair
  set
    payment_tx_id = computed.payment_tx_id,
    receive_tx_id = computed.receive_tx_id,
    payer_wallet_id = computed.payer_wallet_id,
    payee_wallet_id = computed.payee_wallet_id,
    payment_event_time = computed.payment_event_time,
    receive_event_time = computed.receive_event_time,
    payment_entry_count = computed.payment_entry_count,
    receive_entry_count = computed.receive_entry_count,
    payment_amount = computed.payment_amount,
    receive_amount = computed.receive_amount
  from computed
  where pair.payment_order_id = computed.payment_order_id and bo.as_computed(pair) is distinct from computed;
end;
$$;
ALTER FUNCTION bo.recompute_pairs(p_order_ids text[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.recompute_pairs(p_order_ids text[]) IS 'Makes locked pair rows equal to the ledger again; one without entries goes';
CREATE FUNCTION bo.record_progress(p_group_id text, p_progress bo.partition_progress[], p_asked_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into bo.consumer_progress as stored (group_id, topic, partition, next_offset, applied_through, kind)
  select
    p_group_id, progress.topic, progress.partition, progress.next_offset,
    p_asked_at - progress.caught_up_age_us * interval '1 microsecond', progress.kind
  from unnest(p_progress) as progress
  order by progress.topic, progress.partition
  on conflict (group_id, topic, partition) do update
    set
      next_offset = excluded.next_offset,
      -- A time to come is that of a clock which was ahead: it would hide every lag until then.
      applied_through = case
        when stored.applied_through <= p_asked_at then greatest(stored.applied_through, excluded.applied_through)
        else excluded.applied_through
      end,
      kind = coalesce(excluded.kind, stored.kind);
end;
$$;
ALTER FUNCTION bo.record_progress(p_group_id text, p_progress bo.partition_progress[], p_asked_at timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.record_progress(p_group_id text, p_progress bo.partition_progress[], p_asked_at timestamp with time zone) IS 'Notes how far partitions are applied, in the transaction that applied them';
CREATE FUNCTION bo.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if (select pg_roles.rolsuper from pg_catalog.pg_roles where pg_roles.rolname = current_user) then
    return null;
  end if;
  raise insufficient_privilege using message = format('%I.%I is append-only', tg_table_schema, tg_table_name);
end;
$$;
ALTER FUNCTION bo.refuse_change() OWNER TO bo_owner;
COMMENT ON FUNCTION bo.refuse_change() IS 'Refuses UPDATE, DELETE and TRUNCATE of a table to all but superusers';
CREATE FUNCTION bo.repair_chunk(p_order_ids text[], p_dry_run boolean) RETURNS TABLE(payment_order_id text, stored bo.computed_pair, computed bo.computed_pair)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_drifted text[];
  v_drift record;
begin
  for v_drift in
    select drift.* from bo.pair_drift(p_order_ids) as drift
  loop
    v_drifted := v_drifted || v_drift.payment_order_id;
    return query select v_drift.payment_order_id, v_drift.stored, v_drift.computed;
  end loop;
  if v_drifted is not null and not p_dry_run then
    perform bo.apply_pairs(null, v_drifted);
  end if;
end;
$$;
ALTER FUNCTION bo.repair_chunk(p_order_ids text[], p_dry_run boolean) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.repair_chunk(p_order_ids text[], p_dry_run boolean) IS 'bo.repair_pairs() for so many orders as one statement should lock';
CREATE FUNCTION bo.repair_pairs(p_order_ids text[] DEFAULT NULL::text[], p_dry_run boolean DEFAULT false, p_since timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS TABLE(payment_order_id text, stored bo.computed_pair, computed bo.computed_pair)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_chunk_orders constant integer := 10000;
  v_order_ids text[];
  v_chunk text[];
  v_done integer := 0;
begin
  if p_order_ids is not null and p_since is not null then
    raise exception using errcode = 'invalid_parameter_value', message = 'Orders and a time exclude each other.';
  end if;
  v_order_ids := case
    when p_since is not null then bo.order_ids_touched_since(p_since)
    when p_order_ids is not null
      then array(select distinct given.order_id collate "C" from unnest(p_order_ids) as given (order_id) order by 1)
  end;
  loop
    v_chunk := case
      when v_order_ids is null then bo.order_ids_after(v_chunk[cardinality(v_chunk)], c_chunk_orders)
      else v_order_ids[v_done + 1:v_done + c_chunk_orders]
    end;
    exit when coalesce(cardinality(v_chunk), 0) = 0;
    v_done := v_done + cardinality(v_chunk);
    return query select repaired.* from bo.repair_chunk(v_chunk, p_dry_run) as repaired;
  end loop;
end;
$$;
ALTER FUNCTION bo.repair_pairs(p_order_ids text[], p_dry_run boolean, p_since timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.repair_pairs(p_order_ids text[], p_dry_run boolean, p_since timestamp with time zone) IS 'Makes pairs equal to the ledger again: all, those of some orders, or those touched since a time. Returns each that was not (dry run: would be changed), as stored and as computed';
CREATE FUNCTION bo.replace_ledger_entries(p_events bo.ledger_event[], p_now timestamp with time zone, OUT p_updated bigint, OUT p_moved text[], OUT p_skipped bigint) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
  perform from bo.ledger_entries as entry
  where entry.tx_id in (select event.tx_id from unnest(p_events) as event)
  order by entry.tx_id
  for no key update;
  with updated as (
    update bo.ledger_entries as entry
    set
      wallet_id = event.wallet_id, entry_type = event.entry_type, amount = event.amount,
      amount_signed = event.amount_signed, related_id = event.related_id, related_type = event.related_type,
      event_time = event.event_time, created_at = event.created_at, updated_at = event.updated_at,
      source_version = event.source_version, record_timestamp = event.record_timestamp, ingested_at = p_now
    from bo.winning_ledger_events(p_events) as event
    inner join bo.ledger_entries as replaced on replaced.tx_id = event.tx_id
    where entry.tx_id = event.tx_id and bo.supersedes(event, bo.as_event(replaced))
    returning
      bo.pairing_order_id(replaced.entry_type, replaced.related_id, replaced.related_type) as old_order_id,
      bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) as new_order_id,
      entry.related_id,
      entry.entry_type
  )
  select
    count(*),
    array_remove(array_agg(old_order_id) || array_agg(new_order_id), null),
    count(*) filter (where new_order_id is null and related_id is not null and entry_type in ('PAYMENT', 'RECEIVE'))
  into p_updated, p_moved, p_skipped
  from updated;
end;
$$;
ALTER FUNCTION bo.replace_ledger_entries(p_events bo.ledger_event[], p_now timestamp with time zone, OUT p_updated bigint, OUT p_moved text[], OUT p_skipped bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.replace_ledger_entries(p_events bo.ledger_event[], p_now timestamp with time zone, OUT p_updated bigint, OUT p_moved text[], OUT p_skipped bigint) IS 'Updates stored ledger rows that these events win over; returns their old and new orders';
CREATE FUNCTION bo.replace_payment_orders(p_events bo.payment_order_event[], p_now timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
  v_updated bigint;
begin
  perform from bo.payment_orders as payment_order
  where payment_order.order_id in (select event.order_id from unnest(p_events) as event)
  order by payment_order.order_id
  for no key update;
  update bo.payment_orders as payment_order
  set
    user_id = event.user_id, merchant_name = event.merchant_name, amount = event.amount, status = event.status,
    created_at = event.created_at, updated_at = event.updated_at, source_version = event.source_version,
    record_timestamp = event.record_timestamp, ingested_at = p_now
  from bo.winning_payment_order_events(p_events) as event
  inner join bo.payment_orders as replaced on replaced.order_id = event.order_id
  where payment_order.order_id = event.order_id and bo.supersedes(event, bo.as_event(replaced));
  get diagnostics v_updated = row_count;
  return v_updated;
end;
$$;
ALTER FUNCTION bo.replace_payment_orders(p_events bo.payment_order_event[], p_now timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.replace_payment_orders(p_events bo.payment_order_event[], p_now timestamp with time zone) IS 'Updates stored order rows that these events win over; returns how many';
CREATE FUNCTION bo.replay_dead_letter(p_dlq_id bigint, p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_error text, p_error_detail text, p_edited_payload bytea, p_max_attempts integer, p_actor text, p_reason text, OUT dlq_id bigint, OUT outcome text, OUT status text, OUT attempts integer, OUT error text, OUT error_detail text, OUT replaced_by bigint) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_now constant timestamptz := bo.clock();
  v_is_edited boolean;
begin
  if (p_error is null) <> (coalesce(cardinality(p_ledger_events), 0) + coalesce(cardinality(p_order_events), 0) = 1) then
    raise invalid_parameter_value using message = 'a letter is one event, or has an error';
  end if;
  select letter.status, letter.attempts, p_edited_payload is not null and p_edited_payload is distinct from letter.payload
  into status, attempts, v_is_edited
  from bo.consumer_dlq_events as letter
  where letter.dlq_id = p_dlq_id and letter.status <> 'RESOLVED'
  for update of letter;
  if not found then
    raise no_data_found using message = format('letter %s is not there, or is resolved', p_dlq_id);
  end if;
  dlq_id := p_dlq_id;
  error := p_error;
  error_detail := p_error_detail;
  if p_error is null then
    begin
      replaced_by := bo.store_replacement(p_dlq_id, p_edited_payload, v_now);
      outcome := bo.outcome_of(bo.apply_batch(null, null, p_ledger_events, p_order_events, null));
    exception
      when data_exception or integrity_constraint_violation or program_limit_exceeded then
        replaced_by := null;
        error := 'internal_error';
        error_detail := sqlstate || ': ' || sqlerrm;
    end;
  end if;
  if outcome is not null or not v_is_edited then
    update bo.consumer_dlq_events as letter
    set
      attempts = letter.attempts + 1,
      status = case
        when outcome is not null then 'RESOLVED'
        when letter.attempts + 1 >= p_max_attempts then 'PARKED'
        else 'OPEN'
      end,
      resolved_at = case when outcome is not null then v_now end,
      error = coalesce(replay_dead_letter.error, letter.error),
      error_detail = coalesce(replay_dead_letter.error_detail, letter.error_detail)
    where letter.dlq_id = p_dlq_id
    returning letter.status, letter.attempts into status, attempts;
  end if;
  outcome := coalesce(outcome, case when status = 'PARKED' and not v_is_edited then 'parked' else 'failed' end);
  perform bo.log_dlq_action('REPLAY', p_actor, p_reason, p_dlq_id, outcome, jsonb_strip_nulls(jsonb_build_object(
    'attempts', attempts, 'error', error, 'error_detail', error_detail, 'replaced_by', replaced_by,
    'edited_payload_sha256', encode(sha256(p_edited_payload), 'hex')
  )));
end;
$$;
ALTER FUNCTION bo.replay_dead_letter(p_dlq_id bigint, p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_error text, p_error_detail text, p_edited_payload bytea, p_max_attempts integer, p_actor text, p_reason text, OUT dlq_id bigint, OUT outcome text, OUT status text, OUT attempts integer, OUT error text, OUT error_detail text, OUT replaced_by bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.replay_dead_letter(p_dlq_id bigint, p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_error text, p_error_detail text, p_edited_payload bytea, p_max_attempts integer, p_actor text, p_reason text, OUT dlq_id bigint, OUT outcome text, OUT status text, OUT attempts integer, OUT error text, OUT error_detail text, OUT replaced_by bigint) IS 'Applies the event of a dead letter and resolves it; else counts an attempt, unless the payload was edited, and parks it after too many';
CREATE FUNCTION bo.sample_order_ids(p_max_orders integer) RETURNS text[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return array(
    select page.order_id
    from (
      select bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) as order_id
      from bo.ledger_entries as entry tablesample system (bo.sample_percent('bo.ledger_entries', p_max_orders))
      where bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) is not null
      union
      select pair.payment_order_id
      from bo.payment_ledger_pairs as pair tablesample system (bo.sample_percent('bo.payment_ledger_pairs', p_max_orders))
    ) as page
    order by random()
    limit p_max_orders
  );
end;
$$;
ALTER FUNCTION bo.sample_order_ids(p_max_orders integer) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.sample_order_ids(p_max_orders integer) IS 'At most so many orders by chance, of a bounded number of pages of ledger and pairs';
CREATE FUNCTION bo.sample_percent(p_table regclass, p_rows integer) RETURNS real
    LANGUAGE sql STABLE
    RETURN LEAST((100)::numeric, (((100.0 * (((p_rows / 16) + 8))::numeric) * ((current_setting('block_size'::text))::bigint)::numeric) / (GREATEST(pg_relation_size(p_table), (1)::bigint))::numeric));
ALTER FUNCTION bo.sample_percent(p_table regclass, p_rows integer) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.sample_percent(p_table regclass, p_rows integer) IS 'The share of a table''s pages that most likely have so many rows and more, for TABLESAMPLE SYSTEM';
CREATE FUNCTION bo.seal_audit_log(p_max_rows integer DEFAULT 10000, p_waits boolean DEFAULT false, OUT sealed_rows integer, OUT seal_number bigint, OUT hash text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_snapshot pg_snapshot;
  v_month date;
  v_seal bo.audit_seals;
begin
  sealed_rows := 0;
  if not bo.lock_audit_seals(p_waits) then
    return;
  end if;
  v_snapshot := pg_current_snapshot();
  for v_month in select bo.audit_months() loop
    if (bo.first_unsealed(v_month)).xid >= pg_snapshot_xmax(v_snapshot) then
      raise object_not_in_prerequisite_state using
        message = 'transaction ids have begun anew since the last seal',
        hint = 'After a restore, bo.begin_audit_epoch(reason, last audit_id of the dump) begins anew: docs/runbooks/audit-log.md';
    end if;
    v_seal := bo.seal_audit_rows(v_month, pg_snapshot_xmin(v_snapshot), p_max_rows);
    if v_seal.seal_number is not null then
      sealed_rows := v_seal.row_count;
      seal_number := v_seal.seal_number;
      hash := encode(v_seal.hash, 'hex');
      return;
    end if;
  end loop;
end;
$$;
ALTER FUNCTION bo.seal_audit_log(p_max_rows integer, p_waits boolean, OUT sealed_rows integer, OUT seal_number bigint, OUT hash text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.seal_audit_log(p_max_rows integer, p_waits boolean, OUT sealed_rows integer, OUT seal_number bigint, OUT hash text) IS 'Adds at most one block to the chain, of the oldest month that has rows to seal; 0 sealed_rows: nothing is left, or another session seals, which p_waits waits for';
CREATE FUNCTION bo.seal_audit_rows(p_month date, p_horizon xid8, p_max_rows integer, p_last_audit_id bigint DEFAULT '9223372036854775807'::bigint) RETURNS bo.audit_seals
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  v_from constant record := bo.first_unsealed(p_month);
  v_xids xid8[];
  v_seal bo.audit_seals;
begin
  select array_agg(row.xid), array_agg(row.audit_id), array_agg(row.hash)
  into v_xids, v_seal.audit_ids, v_seal.row_hashes
  from (
    select log.xid, log.audit_id, bo.audit_row_hash(log) as hash
    from bo.admin_audit_logs as log
    where
      log.requested_at >= p_month::timestamp at time zone 'UTC'
      and log.requested_at < (p_month + interval '1 month') at time zone 'UTC'
      and (log.xid, log.audit_id) >= (v_from.xid, v_from.audit_id)
      and (v_from.epoch_after is null or log.audit_id > v_from.epoch_after)
      and log.audit_id <= p_last_audit_id
      and log.xid < p_horizon
    order by log.xid, log.audit_id
    limit p_max_rows
  ) as row;
  if v_xids is null then
    return null;
  end if;
  v_seal.kind := 'ROWS';
  v_seal.month := p_month;
  v_seal.first_xid := v_xids[1];
  v_seal.first_audit_id := v_seal.audit_ids[1];
  v_seal.last_xid := v_xids[cardinality(v_xids)];
  v_seal.last_audit_id := v_seal.audit_ids[cardinality(v_xids)];
  return bo.append_audit_seal(v_seal);
end;
$$;
ALTER FUNCTION bo.seal_audit_rows(p_month date, p_horizon xid8, p_max_rows integer, p_last_audit_id bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.seal_audit_rows(p_month date, p_horizon xid8, p_max_rows integer, p_last_audit_id bigint) IS 'Seals the next rows of a month that have an xid below p_horizon, and at most p_last_audit_id; null when there are none';
CREATE FUNCTION bo.show_dead_letters(p_filter bo.dead_letter_filter, p_limit integer DEFAULT 20, p_raw boolean DEFAULT false, p_actor text DEFAULT NULL::text, p_reason text DEFAULT NULL::text) RETURNS TABLE(dlq_id bigint, status text, error text, error_detail text, attempts integer, topic text, partition integer, record_offset bigint, record_timestamp timestamp with time zone, ingested_at timestamp with time zone, resolved_at timestamp with time zone, profile_id text, correlation_id text, replaces bigint, replaced_by bigint, key text, headers json, payload json)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_letter bo.consumer_dlq_events;
begin
  for v_letter in
    select letter.* from bo.consumer_dlq_events as letter where bo.matches(letter, p_filter) order by letter.dlq_id limit p_limit
  loop
    if p_raw then
      perform bo.log_dlq_action('SHOW_RAW', p_actor, p_reason, v_letter.dlq_id, 'shown');
    end if;
    return query
    select
      v_letter.dlq_id, v_letter.status, v_letter.error, v_letter.error_detail, v_letter.attempts, v_letter.topic,
      v_letter.partition, v_letter."offset", v_letter.record_timestamp, v_letter.ingested_at, v_letter.resolved_at,
      v_letter.profile_id, v_letter.correlation_id, v_letter.replaces,
      (select replacement.dlq_id from bo.consumer_dlq_events as replacement where replacement.replaces = v_letter.dlq_id),
      case when p_raw then bo.bytes_as_text(v_letter.key) else bo.masked_text(v_letter.key) end,
      (
        select json_agg(json_build_array(
          bo.bytes_as_text(header.name), case when p_raw then bo.bytes_as_text(header.value) else bo.masked_text(header.value) end
        ) order by header.place)
        from unnest(v_letter.header_names, v_letter.header_values) with ordinality as header (name, value, place)
      ),
      case when p_raw then to_json(bo.bytes_as_text(v_letter.payload)) else bo.masked_payload(v_letter.payload) end;
  end loop;
end;
$$;
ALTER FUNCTION bo.show_dead_letters(p_filter bo.dead_letter_filter, p_limit integer, p_raw boolean, p_actor text, p_reason text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.show_dead_letters(p_filter bo.dead_letter_filter, p_limit integer, p_raw boolean, p_actor text, p_reason text) IS 'Dead letters one by one, their values masked; raw, as they are, which needs a reason and is logged for each';
CREATE FUNCTION bo.store_dead_letters(p_letters bo.dead_letter[]) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_stored bigint;
begin
  insert into bo.consumer_dlq_events (
    topic, partition, "offset", key, payload, header_names, header_values, record_timestamp, error, error_detail,
    profile_id, correlation_id, ingested_at
  )
  select letter.*, bo.clock()
  from unnest(p_letters) as letter
  order by letter.topic collate "C", letter.partition, letter."offset"
  on conflict do nothing;
  get diagnostics v_stored = row_count;
  return v_stored;
end;
$$;
ALTER FUNCTION bo.store_dead_letters(p_letters bo.dead_letter[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.store_dead_letters(p_letters bo.dead_letter[]) IS 'Keeps rejected records, each once; returns how many were new';
CREATE FUNCTION bo.store_replacement(p_dlq_id bigint, p_payload bytea, p_now timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  insert into bo.consumer_dlq_events (
    topic, partition, "offset", key, payload, header_names, header_values, record_timestamp, error, error_detail, profile_id,
    correlation_id, status, ingested_at, resolved_at, replaces
  )
  select
    letter.topic, letter.partition, letter."offset", letter.key, p_payload, letter.header_names, letter.header_values,
    letter.record_timestamp, letter.error, letter.error_detail, letter.profile_id, letter.correlation_id, 'RESOLVED',
    p_now, p_now, letter.dlq_id
  from bo.consumer_dlq_events as letter
  where letter.dlq_id = p_dlq_id and p_payload is not null and p_payload is distinct from letter.payload
  returning dlq_id;
$$;
ALTER FUNCTION bo.store_replacement(p_dlq_id bigint, p_payload bytea, p_now timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.store_replacement(p_dlq_id bigint, p_payload bytea, p_now timestamp with time zone) IS 'Keeps the edited payload that a dead letter is resolved by, beside the letter; returns its id, null when nothing was edited';
CREATE FUNCTION bo.version_of(p_source_version bigint, p_updated_at timestamp with time zone, p_record_timestamp timestamp with time zone) RETURNS bo.event_version
    LANGUAGE sql IMMUTABLE
    RETURN ROW((p_source_version IS NOT NULL), p_source_version, (p_updated_at IS NOT NULL), p_updated_at, p_record_timestamp)::bo.event_version;
ALTER FUNCTION bo.version_of(p_source_version bigint, p_updated_at timestamp with time zone, p_record_timestamp timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.version_of(p_source_version bigint, p_updated_at timestamp with time zone, p_record_timestamp timestamp with time zone) IS 'Key of latest-wins of an event: the greatest wins';
CREATE FUNCTION bo.supersedes(p_event bo.ledger_event, p_other bo.ledger_event) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (ROW(bo.version_of((p_event).source_version, (p_event).updated_at, (p_event).record_timestamp), ((p_event)::text COLLATE "C")) > ROW(bo.version_of((p_other).source_version, (p_other).updated_at, (p_other).record_timestamp), ((p_other)::text COLLATE "C")));
ALTER FUNCTION bo.supersedes(p_event bo.ledger_event, p_other bo.ledger_event) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.supersedes(p_event bo.ledger_event, p_other bo.ledger_event) IS 'Whether the first event wins over the second, both of one tx_id';
CREATE FUNCTION bo.supersedes(p_event bo.payment_order_event, p_other bo.payment_order_event) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (ROW(bo.version_of((p_event).source_version, (p_event).updated_at, (p_event).record_timestamp), ((p_event)::text COLLATE "C")) > ROW(bo.version_of((p_other).source_version, (p_other).updated_at, (p_other).record_timestamp), ((p_other)::text COLLATE "C")));
ALTER FUNCTION bo.supersedes(p_event bo.payment_order_event, p_other bo.payment_order_event) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.supersedes(p_event bo.payment_order_event, p_other bo.payment_order_event) IS 'Whether the first event wins over the second, both of one order_id';
CREATE FUNCTION bo.upsert_ledger_entry(p_tx_id text, p_wallet_id text, p_entry_type text, p_amount numeric, p_amount_signed numeric, p_related_id text, p_related_type text, p_event_time timestamp with time zone, p_created_at timestamp with time zone, p_updated_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_source_version bigint DEFAULT NULL::bigint, p_record_timestamp timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
ALTER FUNCTION bo.upsert_ledger_entry(p_tx_id text, p_wallet_id text, p_entry_type text, p_amount numeric, p_amount_signed numeric, p_related_id text, p_related_type text, p_event_time timestamp with time zone, p_created_at timestamp with time zone, p_updated_at timestamp with time zone, p_source_version bigint, p_record_timestamp timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.upsert_ledger_entry(p_tx_id text, p_wallet_id text, p_entry_type text, p_amount numeric, p_amount_signed numeric, p_related_id text, p_related_type text, p_event_time timestamp with time zone, p_created_at timestamp with time zone, p_updated_at timestamp with time zone, p_source_version bigint, p_record_timestamp timestamp with time zone) IS 'Applies one ledger event; returns inserted, updated, duplicate or stale';
CREATE FUNCTION bo.upsert_payment_order(p_order_id text, p_user_id text, p_merchant_name text, p_amount numeric, p_status text, p_created_at timestamp with time zone, p_updated_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_source_version bigint DEFAULT NULL::bigint, p_record_timestamp timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_result constant bo.batch_result := bo.apply_batch(
    null, null, null,
    array[row(
      p_order_id, p_user_id, p_merchant_name, p_amount, p_status, p_created_at, p_updated_at, p_source_version,
      p_record_timestamp
    )::bo.payment_order_event],
    null
  );
begin
  return bo.outcome_of(v_result);
end;
$$;
ALTER FUNCTION bo.upsert_payment_order(p_order_id text, p_user_id text, p_merchant_name text, p_amount numeric, p_status text, p_created_at timestamp with time zone, p_updated_at timestamp with time zone, p_source_version bigint, p_record_timestamp timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.upsert_payment_order(p_order_id text, p_user_id text, p_merchant_name text, p_amount numeric, p_status text, p_created_at timestamp with time zone, p_updated_at timestamp with time zone, p_source_version bigint, p_record_timestamp timestamp with time zone) IS 'Applies one order event; returns inserted, updated, duplicate or stale';
CREATE FUNCTION bo.verify_audit_log(p_checkpoints text DEFAULT NULL::text, p_max_findings integer DEFAULT 1000) RETURNS SETOF bo.audit_finding
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  v_told constant jsonb := coalesce(p_checkpoints::jsonb, '[]');
  v_checkpoints constant jsonb := case jsonb_typeof(v_told) when 'array' then v_told else jsonb_build_array(v_told) end;
begin
  if exists (
    select from jsonb_array_elements(v_checkpoints) as checkpoint (item)
    where not coalesce(
      jsonb_typeof(checkpoint.item -> 'seal_number') = 'number'
      and (checkpoint.item ->> 'hash' ~ '^[0-9a-f]{64}$' or checkpoint.item ->> 'seal_number' = '0'),
      false
    )
  ) then
    raise invalid_parameter_value using message = 'a checkpoint has a seal_number and a hash';
  end if;
  return query
  select finding.*
  from (
    select * from bo.audit_chain_findings(v_checkpoints)
    union all
    select * from bo.audit_row_findings()
  ) as finding
  order by finding.seal_number nulls last, finding.audit_id nulls first
  limit p_max_findings;
end;
$_$;
ALTER FUNCTION bo.verify_audit_log(p_checkpoints text, p_max_findings integer) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.verify_audit_log(p_checkpoints text, p_max_findings integer) IS 'What was changed, removed or slipped in since it was sealed; with lines of bo.audit_checkpoint() from before, one or a JSON array, also whether the chain itself was cut off or rewritten. No rows: nothing';
CREATE FUNCTION bo.watch_pairs(p_max_orders integer, OUT checked bigint, OUT drifted bigint) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_job_lock constant integer := 4041002; -- advisory lock of this job
begin
  if pg_try_advisory_lock(c_job_lock) then
    select found.checked, found.drifted into checked, drifted
    from bo.check_pairs(p_max_orders) as found;
  end if;
end;
$$;
ALTER FUNCTION bo.watch_pairs(p_max_orders integer, OUT checked bigint, OUT drifted bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.watch_pairs(p_max_orders integer, OUT checked bigint, OUT drifted bigint) IS 'bo.check_pairs() for one session at a time: nulls while another session watches';
CREATE FUNCTION bo.winning_ledger_events(p_events bo.ledger_event[]) RETURNS SETOF bo.ledger_event
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
  -- To rank costs four times as much as to sort, and few batches hold an id twice.
  if (select count(distinct event.tx_id) = count(*) from unnest(p_events) as event) then
    return query
    select event.*
    from unnest(p_events) as event
    order by event.tx_id;
    return;
  end if;
  return query
  with ranked as (
    select
      event,
      event.tx_id,
      rank() over (
        partition by event.tx_id
        order by bo.version_of(event.source_version, event.updated_at, event.record_timestamp) desc
      ) as place
    from unnest(p_events) as event
  ),
  finalist as (
    select ranked.event, ranked.tx_id, count(*) over (partition by ranked.tx_id) > 1 as is_tied
    from ranked
    where ranked.place = 1
  )
  select distinct on (finalist.tx_id) (finalist.event).*
  from finalist
  order by finalist.tx_id, case when finalist.is_tied then finalist.event::text end collate "C" desc;
end;
$$;
ALTER FUNCTION bo.winning_ledger_events(p_events bo.ledger_event[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.winning_ledger_events(p_events bo.ledger_event[]) IS 'The winning event of each tx_id, by the order of bo.supersedes()';
CREATE FUNCTION bo.winning_payment_order_events(p_events bo.payment_order_event[]) RETURNS SETOF bo.payment_order_event
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
  -- To rank costs four times as much as to sort, and few batches hold an id twice.
  if (select count(distinct event.order_id) = count(*) from unnest(p_events) as event) then
    return query
    select event.*
    from unnest(p_events) as event
    order by event.order_id;
    return;
  end if;
  return query
  with ranked as (
    select
      event,
      event.order_id,
      rank() over (
        partition by event.order_id
        order by bo.version_of(event.source_version, event.updated_at, event.record_timestamp) desc
      ) as place
    from unnest(p_events) as event
  ),
  finalist as (
    select ranked.event, ranked.order_id, count(*) over (partition by ranked.order_id) > 1 as is_tied
    from ranked
    where ranked.place = 1
  )
  select distinct on (finalist.order_id) (finalist.event).*
  from finalist
  order by finalist.order_id, case when finalist.is_tied then finalist.event::text end collate "C" desc;
end;
$$;
ALTER FUNCTION bo.winning_payment_order_events(p_events bo.payment_order_event[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.winning_payment_order_events(p_events bo.payment_order_event[]) IS 'The winning event of each order_id, by the order of bo.supersedes()';
CREATE FUNCTION bo.wire_types() RETURNS TABLE(dead_letter oid, ledger_event oid, payment_order_event oid, partition_progress oid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    'bo.dead_letter'::pg_catalog.regtype::oid, 'bo.ledger_event'::pg_catalog.regtype::oid,
    'bo.payment_order_event'::pg_catalog.regtype::oid, 'bo.partition_progress'::pg_catalog.regtype::oid;
$$;
ALTER FUNCTION bo.wire_types() OWNER TO bo_owner;
COMMENT ON FUNCTION bo.wire_types() IS 'Oids of the row types that bo.apply_batch() takes arrays of; ask once a connection';
CREATE FUNCTION bo.with_record_timestamp(p_events bo.ledger_event[]) RETURNS bo.ledger_event[]
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select array_agg(row(
    event.tx_id, event.wallet_id, event.entry_type, event.amount, event.amount_signed, event.related_id, event.related_type,
    event.event_time, event.created_at, event.updated_at, event.source_version,
    coalesce(event.record_timestamp, event.event_time)
  )::bo.ledger_event)
  from unnest(p_events) as event;
$$;
ALTER FUNCTION bo.with_record_timestamp(p_events bo.ledger_event[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.with_record_timestamp(p_events bo.ledger_event[]) IS 'The same ledger events, each with a record timestamp';
CREATE FUNCTION bo.with_record_timestamp(p_events bo.payment_order_event[]) RETURNS bo.payment_order_event[]
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select array_agg(row(
    event.order_id, event.user_id, event.merchant_name, event.amount, event.status, event.created_at, event.updated_at,
    event.source_version, coalesce(event.record_timestamp, event.updated_at, event.created_at)
  )::bo.payment_order_event)
  from unnest(p_events) as event;
$$;
ALTER FUNCTION bo.with_record_timestamp(p_events bo.payment_order_event[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.with_record_timestamp(p_events bo.payment_order_event[]) IS 'The same order events, each with a record timestamp';
CREATE FUNCTION bo.write_audit_log(p_action text, p_resource_type text, p_requests bo_api.lookup_request[], p_answers bo_api.lookup_answer[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into bo.admin_audit_logs (
    actor_id, actor_roles, action, resource_type, resource_id, result, status_code, ip, user_agent, request_method,
    request_path, request_query, requested_at, duration_ms, result_count, correlation_id, access_reason
  )
  select
    lookup.actor_id, string_to_array(lookup.actor_roles, ','), p_action, p_resource_type,
    coalesce(nullif(lookup.resource_id, ''), lookup.filters ->> 'q', lookup.filters ->> 'resource_id', '*'),
    case lookup.status_code when 200 then 'FOUND' when 403 then 'DENIED' else 'NOT_FOUND' end, lookup.status_code, lookup.ip::inet,
    lookup.user_agent, lookup.request_method, lookup.request_path, lookup.request_query, bo.clock(),
    (lookup.elapsed_us + round(date_part('epoch', clock_timestamp() - statement_timestamp()) * 1000000)) / 1000,
    lookup.result_count, lookup.correlation_id, lookup.access_reason
  from unnest(p_requests, p_answers) as lookup
  where lookup.status_code <> 400;
end;
$$;
ALTER FUNCTION bo.write_audit_log(p_action text, p_resource_type text, p_requests bo_api.lookup_request[], p_answers bo_api.lookup_answer[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo.write_audit_log(p_action text, p_resource_type text, p_requests bo_api.lookup_request[], p_answers bo_api.lookup_answer[]) IS 'Writes the audit row of each answer, which stands where its request does; a failure takes the answers with it. A request that was refused for its parameters has none';
CREATE FUNCTION bo_api.age_sec(p_since timestamp with time zone, p_now timestamp with time zone) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    RETURN (GREATEST((0)::double precision, floor(date_part('epoch'::text, (p_now - p_since)))))::bigint;
ALTER FUNCTION bo_api.age_sec(p_since timestamp with time zone, p_now timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.age_sec(p_since timestamp with time zone, p_now timestamp with time zone) IS 'Whole seconds from one time to another, never negative';
CREATE FUNCTION bo_api.answer_audit_logs(p_request bo_api.lookup_request) RETURNS bo_api.lookup_answer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  c_filters constant text[] := array['actor_id', 'resource_type', 'resource_id', 'action', 'result', 'correlation_id'];
  c_default_range constant interval := interval '24 hours';
  c_max_range constant interval := interval '31 days';
  v_scope constant text := jsonb_build_array(
    'audit_logs', bo.utc_text(p_request.from_time), bo.utc_text(p_request.to_time), p_request.filters
  )::text;
  v_last constant bo_api.cursor_position := bo_api.decode_cursor(v_scope, p_request.cursor);
  v_last_id constant bigint [] := regexp_match(v_last.id, '^(\d{1,18}) (-?\d{1,18})$')::bigint []; -- audit_id, where the pages begin
  v_until constant timestamptz := coalesce(v_last.at, p_request.to_time, bo.clock());
  -- Within the years 1 to 9999, as all times of requests.
  v_begin constant timestamptz := case
    when v_last_id[2] between -62135596800000000 and 253402300799999999 then bo_api.time_at(v_last_id[2])
  end;
  v_from constant timestamptz := coalesce(v_begin, p_request.from_time, v_until - c_default_range);
  v_page bo_api.audit_log_items[];
  v_items json[];
  v_next text;
begin
  if not c_filters @> array(select jsonb_object_keys(p_request.filters)) then
    return bo_api.bad_request(p_request, 'The filters are ' || array_to_string(c_filters, ', ') || '.');
  end if;
  if p_request.cursor is not null and v_begin is null then
    return bo_api.bad_cursor(p_request);
  end if;
  if v_from < v_until - c_max_range and not coalesce(p_request.filters ? 'actor_id', false) then
    return bo_api.bad_request(p_request, 'from: must be within 31 days of to, unless actor_id is given.');
  end if;
  execute format(
    'select array(
       select log
       from bo_api.audit_log_items as log
       where log.requested_at >= $1 and log.requested_at <= $2 and (log.requested_at, log.audit_id) < ($3, $4) %s
       order by log.requested_at desc, log.audit_id desc
       limit $5
     )',
    (select string_agg(format('and log.%I = $6 ->> %1$L', filter.name), ' ') from jsonb_object_keys(p_request.filters) as filter (name))
  )
  into v_page
  using
    v_from, coalesce(p_request.to_time, 'infinity'), coalesce(v_last.at, 'infinity'), coalesce(v_last_id[1], 0),
    p_request.max_entries + 1, p_request.filters;
  if cardinality(v_page) > p_request.max_entries then
    v_page := v_page[:p_request.max_entries];
    v_next := bo_api.encode_cursor(
      v_scope, v_page[p_request.max_entries].requested_at,
      v_page[p_request.max_entries].audit_id || ' ' || (extract(epoch from v_from) * 1000000)::bigint
    );
  end if;
  v_items := array(select entry.item from unnest(v_page) with ordinality as entry order by entry.ordinality);
  return bo_api.list_answer(
    p_request, json_build_object('entries', v_items, 'count', cardinality(v_items), 'next_cursor', v_next), v_items, v_next,
    array[
      'audit_id', 'requested_at', 'actor_id', 'actor_roles', 'action', 'resource_type', 'resource_id', 'result', 'status_code',
      'result_count', 'access_reason', 'ip', 'user_agent', 'request_method', 'request_path', 'request_query', 'duration_ms',
      'correlation_id', 'xid'
    ]
  );
end;
$_$;
ALTER FUNCTION bo_api.answer_audit_logs(p_request bo_api.lookup_request) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.answer_audit_logs(p_request bo_api.lookup_request) IS 'The rows of the audit log that a request asks for, newest first, from its cursor on: of the last 24 hours unless it tells a time';
CREATE FUNCTION bo_api.answer_pairs(p_request bo_api.lookup_request, p_freshness json) RETURNS bo_api.lookup_answer
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_older_than constant interval := (p_request.filters ->> 'older_than')::integer * interval '1 second';
  -- A call of the clock in the query would be no bound for the index.
  v_latest constant timestamptz := coalesce(bo.clock() - v_older_than, 'infinity');
  v_scope constant text := jsonb_build_array('pairs', v_older_than)::text;
  v_after bo_api.cursor_position := bo_api.decode_cursor(v_scope, p_request.cursor);
  v_page record;
  v_items json [];
  v_next text;
begin
  if p_request.cursor is not null and v_after.id is null then
    return bo_api.bad_cursor(p_request);
  end if;
  with page as materialized (
    select pair.payment_order_id, coalesce(pair.payment_event_time, pair.receive_event_time) as waiting_since
    from bo.payment_ledger_pairs as pair
    where
      pair.pairing_status = 'INCOMPLETE'
      and coalesce(pair.payment_event_time, pair.receive_event_time) <= v_latest
      and (coalesce(pair.payment_event_time, pair.receive_event_time), pair.payment_order_id)
      > (coalesce(v_after.at, '-infinity'), coalesce(v_after.id, ''))
    order by coalesce(pair.payment_event_time, pair.receive_event_time), pair.payment_order_id
    limit p_request.max_entries + 1
  )
  select
    array_agg(
      (select pair.item from bo_api.pair_items as pair where pair.payment_order_id = page.payment_order_id)
      order by page.waiting_since, page.payment_order_id
    ) as items,
    array_agg(row(page.waiting_since, page.payment_order_id)::bo_api.cursor_position order by page.waiting_since, page.payment_order_id)
      as positions
  into v_page
  from page;
  v_items := coalesce(v_page.items[:p_request.max_entries], array[]::json []);
  if cardinality(v_page.items) > p_request.max_entries then
    v_after := v_page.positions[p_request.max_entries];
    v_next := bo_api.encode_cursor(v_scope, v_after.at, v_after.id);
  end if;
  return bo_api.list_answer(
    p_request,
    json_build_object('pairs', v_items, 'count', cardinality(v_items), 'next_cursor', v_next, 'freshness', p_freshness),
    v_items, v_next,
    array[
      'payment_order_id', 'payment_tx_id', 'receive_tx_id', 'payer_wallet_id', 'payee_wallet_id', 'pairing_status', 'waiting_since',
      'pairing.reason', 'pairing.verdict', 'pairing.age_sec'
    ]
  );
end;
$$;
ALTER FUNCTION bo_api.answer_pairs(p_request bo_api.lookup_request, p_freshness json) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.answer_pairs(p_request bo_api.lookup_request, p_freshness json) IS 'INCOMPLETE pairs, the longest waiting first; older_than: seconds since the half that is there happened';
CREATE FUNCTION bo_api.answer_wallet_tx(p_request bo_api.lookup_request, p_freshness json) RETURNS bo_api.lookup_answer
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_entry_type constant text := p_request.filters ->> 'entry_type';
  v_pairing_status constant text := p_request.filters ->> 'pairing_status';
  v_max_scanned constant integer := case
    when v_entry_type is null and v_pairing_status is null then p_request.max_entries else 1000
  end;
  v_scope constant text := jsonb_build_array(
    'wallet_tx', p_request.resource_id, p_request.from_time, p_request.to_time, v_entry_type, v_pairing_status
  )::text;
  v_last bo_api.cursor_position := bo_api.decode_cursor(v_scope, p_request.cursor);
  v_entry record;
  v_items json [] := array[]::json [];
  v_scanned integer := 0;
  v_next text;
begin
  if p_request.cursor is not null and v_last.id is null then
    return bo_api.bad_cursor(p_request);
  end if;
  for v_entry in
    select
      page.tx_id, page.event_time,
      (
        select entry.item
        from bo_api.entry_items as entry
        where
          entry.tx_id = page.tx_id
          and (v_entry_type is null or entry.entry_type = v_entry_type)
          and (v_pairing_status is null or entry.pairing_status = v_pairing_status)
      ) as item
    from (
      select entry.tx_id, entry.event_time
      from bo.ledger_entries as entry
      where
        entry.wallet_id = p_request.resource_id
        and entry.event_time >= coalesce(p_request.from_time, '-infinity')
        and entry.event_time <= coalesce(v_last.at, p_request.to_time, 'infinity')
        and (v_last.id is null or entry.event_time < v_last.at or entry.tx_id > v_last.id)
      order by entry.event_time desc, entry.tx_id
      limit v_max_scanned + 1
    ) as page
    order by page.event_time desc, page.tx_id
  loop
    if cardinality(v_items) = p_request.max_entries or v_scanned = v_max_scanned then
      v_next := bo_api.encode_cursor(v_scope, v_last.at, v_last.id);
      exit;
    end if;
    v_scanned := v_scanned + 1;
    v_last := row(v_entry.event_time, v_entry.tx_id);
    if v_entry.item is not null then
      v_items := v_items || v_entry.item;
    end if;
  end loop;
  return bo_api.list_answer(
    p_request,
    json_build_object(
      'wallet_id', p_request.resource_id, 'entries', v_items, 'count', cardinality(v_items), 'next_cursor', v_next,
      'freshness', p_freshness
    ),
    v_items, v_next,
    array[
      'tx_id', 'event_time', 'entry_type', 'amount', 'amount_signed', 'wallet_id', 'status', 'status_group', 'paired_tx_id',
      'pairing_status', 'data_lag_sec', 'pairing.reason', 'pairing.verdict', 'pairing.age_sec'
    ]
  );
end;
$$;
ALTER FUNCTION bo_api.answer_wallet_tx(p_request bo_api.lookup_request, p_freshness json) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.answer_wallet_tx(p_request bo_api.lookup_request, p_freshness json) IS 'The newest entries of a wallet within inclusive bounds, of an entry_type or a pairing_status if that is asked for';
CREATE FUNCTION bo_api.bad_cursor(p_request bo_api.lookup_request) RETURNS bo_api.lookup_answer
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select bo_api.bad_request(p_request, 'cursor: must be the next_cursor of this list with the same filters.');
$$;
ALTER FUNCTION bo_api.bad_cursor(p_request bo_api.lookup_request) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.bad_cursor(p_request bo_api.lookup_request) IS 'The answer to a cursor of another list; it has no audit row';
CREATE FUNCTION bo_api.bad_request(p_request bo_api.lookup_request, p_detail text) RETURNS bo_api.lookup_answer
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select row(
    400, 0, bo_api.problem(400, 'Bad Request', p_detail, p_request.request_path, p_request.correlation_id)::text, null
  )::bo_api.lookup_answer;
$$;
ALTER FUNCTION bo_api.bad_request(p_request bo_api.lookup_request, p_detail text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.bad_request(p_request bo_api.lookup_request, p_detail text) IS 'The answer to parameters that make no sense together; it has no audit row';
CREATE FUNCTION bo_api.batch_get_tx(p_requests bo_api.lookup_request[]) RETURNS bo_api.lookup_answer[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_request bo_api.lookup_request;
  v_items bo_api.lookup_request [];
  v_answers bo_api.lookup_answer [] := array[]::bo_api.lookup_answer [];
begin
  foreach v_request in array p_requests loop
    v_items := array(
      select jsonb_populate_record(v_request, jsonb_build_object('resource_id', item.tx_id, 'filters', null))
      from jsonb_array_elements_text(v_request.filters -> 'tx_ids') with ordinality as item (tx_id, place)
      order by item.place
    );
    v_answers := v_answers || (
      select
        row(
          200, count(*) filter (where answer.status_code = 200),
          json_build_object(
            'results',
            json_agg(
              json_build_object(
                'tx_id', v_items[answer.place].resource_id, 'status', answer.status_code,
                case answer.status_code when 200 then 'tx' else 'problem' end, answer.body::json
              ) order by answer.place
            ),
            'count', count(*) filter (where answer.status_code = 200)
          )::text,
          null
        )::bo_api.lookup_answer
      from unnest(bo_api.lookup_tx(v_items)) with ordinality as answer (status_code, result_count, body, next_cursor, place)
    );
  end loop;
  return v_answers;
end;
$$;
ALTER FUNCTION bo_api.batch_get_tx(p_requests bo_api.lookup_request[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.batch_get_tx(p_requests bo_api.lookup_request[]) IS 'POST /admin/tx:batchGet: the answers of bo_api.lookup_tx() to filters.tx_ids as one; count: how many of them are found';
CREATE FUNCTION bo_api.csv_field(p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
  select
    case
      when p_text is null then ''
      when p_text ~ '^-?[0-9]+([.][0-9]+)?$' then p_text
      else '"' || replace(case when p_text ~ E'^[-=+@\t\r]' then chr(39) || p_text else p_text end, '"', '""') || '"'
    end;
$_$;
ALTER FUNCTION bo_api.csv_field(p_text text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.csv_field(p_text text) IS 'A value for CSV as of RFC 4180; null is empty, empty text is quoted';
CREATE FUNCTION bo_api.decode_cursor(p_scope text, p_cursor text) RETURNS bo_api.cursor_position
    LANGUAGE plpgsql IMMUTABLE STRICT
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  v_text text;
  v_parts text [];
begin
  v_text := convert_from(decode(translate(p_cursor, '-_', '+/') || repeat('=', -length(p_cursor) & 3), 'base64'), 'UTF8');
  v_parts := regexp_match(v_text, '^([0-9a-f]{16}):(-?[0-9]{1,18}):(.+)$');
  if v_parts[1] is distinct from left(encode(sha256(convert_to(p_scope, 'UTF8')), 'hex'), 16) then
    return null;
  end if;
  return row(bo_api.time_at(v_parts[2]::bigint), v_parts[3])::bo_api.cursor_position;
exception
  when data_exception then -- a client may send anything: no base64, no UTF-8, no time
    return null;
end;
$_$;
ALTER FUNCTION bo_api.decode_cursor(p_scope text, p_cursor text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.decode_cursor(p_scope text, p_cursor text) IS 'The position that bo_api.encode_cursor() was given; null when the text is none of this list with these filters';
CREATE FUNCTION bo_api.encode_cursor(p_scope text, p_at timestamp with time zone, p_id text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select translate(
    encode(
      convert_to(
        left(encode(sha256(convert_to(p_scope, 'UTF8')), 'hex'), 16)
        || ':' || (extract(epoch from p_at) * 1000000)::bigint || ':' || p_id, 'UTF8'
      ), 'base64'
    ), E'+/=\n', '-_'
  );
$$;
ALTER FUNCTION bo_api.encode_cursor(p_scope text, p_at timestamp with time zone, p_id text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.encode_cursor(p_scope text, p_at timestamp with time zone, p_id text) IS 'Where a list goes on, as text without meaning to others. p_scope: the list with its filters; a cursor is good for it alone';
CREATE FUNCTION bo_api.lag_sec(p_since timestamp with time zone, p_now timestamp with time zone) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN (p_since IS NOT NULL) THEN (round((GREATEST((0)::double precision, date_part('epoch'::text, (p_now - p_since))) * (1000)::double precision)) / (1000)::double precision) ELSE NULL::double precision END;
ALTER FUNCTION bo_api.lag_sec(p_since timestamp with time zone, p_now timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.lag_sec(p_since timestamp with time zone, p_now timestamp with time zone) IS 'Seconds from one time to another, in milliseconds, never negative; null when the first is not known';
CREATE FUNCTION bo_api.ledger_through() RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select progress.ledger_through from bo_api.progress as progress);
end;
$$;
ALTER FUNCTION bo_api.ledger_through() OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.ledger_through() IS 'Up to when all ledger entries are applied; null: not known';
CREATE FUNCTION bo_api.list_answer(p_request bo_api.lookup_request, p_body json, p_items json[], p_next_cursor text, p_csv_columns text[]) RETURNS bo_api.lookup_answer
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return row(
    200, cardinality(p_items),
    case when p_request.media_type = 'text/csv' then bo_api.to_csv(p_csv_columns, p_items) else p_body::text end, p_next_cursor
  )::bo_api.lookup_answer;
end;
$$;
ALTER FUNCTION bo_api.list_answer(p_request bo_api.lookup_request, p_body json, p_items json[], p_next_cursor text, p_csv_columns text[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.list_answer(p_request bo_api.lookup_request, p_body json, p_items json[], p_next_cursor text, p_csv_columns text[]) IS 'A page of a list, as JSON (p_body) or as the CSV that the request wants';
CREATE FUNCTION bo_api.list_audit_logs(p_requests bo_api.lookup_request[]) RETURNS bo_api.lookup_answer[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_answers bo_api.lookup_answer [];
begin
  v_answers := array(
    select bo_api.answer_audit_logs(p_requests[request.place])
    from generate_subscripts(p_requests, 1) as request (place)
    order by request.place
  );
  perform bo.write_audit_log('ADMIN_AUDIT_LOG_LOOKUP', 'AUDIT_LOG', p_requests, v_answers);
  return v_answers;
end;
$$;
ALTER FUNCTION bo_api.list_audit_logs(p_requests bo_api.lookup_request[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.list_audit_logs(p_requests bo_api.lookup_request[]) IS 'GET /admin/audit-logs: an answer and, unless it is 400, an audit row for each request, in their order';
CREATE FUNCTION bo_api.list_pairs(p_requests bo_api.lookup_request[]) RETURNS bo_api.lookup_answer[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_answers bo_api.lookup_answer [];
  v_freshness constant json := (select row_to_json(freshness) from bo_api.freshness);
begin
  v_answers := array(
    select bo_api.answer_pairs(p_requests[request.place], v_freshness)
    from generate_subscripts(p_requests, 1) as request (place)
    order by request.place
  );
  perform bo.write_audit_log('ADMIN_PAIR_LOOKUP', 'PAIR', p_requests, v_answers);
  return v_answers;
end;
$$;
ALTER FUNCTION bo_api.list_pairs(p_requests bo_api.lookup_request[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.list_pairs(p_requests bo_api.lookup_request[]) IS 'GET /admin/pairs: a page of pairs and an audit row for each request, in their order';
CREATE FUNCTION bo_api.lookup_payment_order(p_requests bo_api.lookup_request[]) RETURNS bo_api.lookup_answer[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_answers bo_api.lookup_answer [];
  v_freshness constant json := (select row_to_json(freshness) from bo_api.freshness);
begin
  v_answers := array(
    select
      coalesce(
        (
          select
            row(
              200, 1,
              json_build_object(
                'order', payment_order."order", 'ledger_entries', payment_order.ledger_entries,
                'pairing_status', payment_order.pairing_status, 'pairing', payment_order.pairing, 'freshness', v_freshness
              )::text, null
            )::bo_api.lookup_answer
          from bo_api.payment_orders as payment_order
          where payment_order.order_id = request.resource_id
        ),
        (
          select
            row(
              404, 0,
              (
                bo_api.problem(
                  404, 'Not Found', format('No order event has this order_id; ledger entries of it: %s.', count(*)),
                  request.request_path, request.correlation_id
                ) || jsonb_build_object('ledger_entry_count', count(*))
                || bo_api.still_to_come(v_freshness, 'payment_order_lag_sec')
              )::text, null
            )::bo_api.lookup_answer
          from bo_api.entries as entry
          where entry.related_id = request.resource_id and entry.payment_order_id = entry.related_id
        )
      )
    from unnest(p_requests) with ordinality as request
    order by request.ordinality
  );
  perform bo.write_audit_log('ADMIN_ORDER_LOOKUP', 'PAYMENT_ORDER', p_requests, v_answers);
  return v_answers;
end;
$$;
ALTER FUNCTION bo_api.lookup_payment_order(p_requests bo_api.lookup_request[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.lookup_payment_order(p_requests bo_api.lookup_request[]) IS 'GET /admin/payment-orders/{order_id}: an answer and an audit row for each request, in their order';
CREATE FUNCTION bo_api.lookup_tx(p_requests bo_api.lookup_request[]) RETURNS bo_api.lookup_answer[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_answers bo_api.lookup_answer [];
  v_freshness constant json := (select row_to_json(freshness) from bo_api.freshness);
begin
  v_answers := array(
    select
      coalesce(
        (
          select row(200, 1, row_to_json(answer)::text, null)::bo_api.lookup_answer
          from (
            select
              tx.*,
              v_freshness as freshness
            from bo_api.transactions as tx
            where tx.tx_id = request.resource_id
          ) as answer
        ),
        row(
          404, 0,
          (
            bo_api.problem(
              404, 'Not Found', 'No ledger entry has this tx_id.', request.request_path, request.correlation_id
            ) || bo_api.still_to_come(v_freshness, 'ledger_lag_sec')
          )::text, null
        )::bo_api.lookup_answer
      )
    from unnest(p_requests) with ordinality as request
    order by request.ordinality
  );
  perform bo.write_audit_log('ADMIN_TX_LOOKUP', 'TX', p_requests, v_answers);
  return v_answers;
end;
$$;
ALTER FUNCTION bo_api.lookup_tx(p_requests bo_api.lookup_request[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.lookup_tx(p_requests bo_api.lookup_request[]) IS 'GET /admin/tx/{tx_id}: an answer and an audit row for each request, in their order';
CREATE FUNCTION bo_api.lookup_wallet_tx(p_requests bo_api.lookup_request[]) RETURNS bo_api.lookup_answer[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_answers bo_api.lookup_answer [];
  v_freshness constant json := (select row_to_json(freshness) from bo_api.freshness);
begin
  v_answers := array(
    select bo_api.answer_wallet_tx(p_requests[request.place], v_freshness)
    from generate_subscripts(p_requests, 1) as request (place)
    order by request.place
  );
  perform bo.write_audit_log('ADMIN_WALLET_TX_LOOKUP', 'WALLET', p_requests, v_answers);
  return v_answers;
end;
$$;
ALTER FUNCTION bo_api.lookup_wallet_tx(p_requests bo_api.lookup_request[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.lookup_wallet_tx(p_requests bo_api.lookup_request[]) IS 'GET /admin/wallets/{wallet_id}/tx: a page of entries and an audit row for each request, in their order';
CREATE FUNCTION bo_api.matches_of(p_id text) RETURNS json
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select
      coalesce(
        json_agg(json_build_object('resource_type', found.resource_type, 'resource_id', p_id) order by found.place),
        '[]'
      )
    from (
      values
      (1, 'TX', exists(select from bo.ledger_entries as entry where entry.tx_id = p_id)),
      (
        2, 'PAYMENT_ORDER',
        exists(select from bo.payment_orders as payment_order where payment_order.order_id = p_id)
        or exists(
          select from bo.ledger_entries as entry
          where entry.related_id = p_id and (entry.related_type is null or entry.related_type = 'PAYMENT_ORDER')
        )
      ),
      (3, 'WALLET', exists(select from bo.ledger_entries as entry where entry.wallet_id = p_id))
    ) as found (place, resource_type, is_there)
    where found.is_there
  );
end;
$$;
ALTER FUNCTION bo_api.matches_of(p_id text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.matches_of(p_id text) IS 'What an id names: an entry, an order (also one that is known from its entries alone), a wallet; it may name several';
CREATE FUNCTION bo_api.pairing(p_reason text, p_verdict text, p_waiting_since timestamp with time zone, p_now timestamp with time zone) RETURNS json
    LANGUAGE sql STABLE
    RETURN CASE WHEN (p_waiting_since IS NULL) THEN json_object(ARRAY['reason'::text, p_reason, 'verdict'::text, p_verdict, 'age_sec'::text, NULL::text]) ELSE json_build_object('reason', p_reason, 'verdict', p_verdict, 'age_sec', bo_api.age_sec(p_waiting_since, p_now)) END;
ALTER FUNCTION bo_api.pairing(p_reason text, p_verdict text, p_waiting_since timestamp with time zone, p_now timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.pairing(p_reason text, p_verdict text, p_waiting_since timestamp with time zone, p_now timestamp with time zone) IS 'The member pairing of answers; age_sec: whole seconds since the half that is there happened, null when none is missing';
CREATE FUNCTION bo_api.pairing_grace() RETURNS interval
    LANGUAGE sql STABLE
    RETURN make_interval(secs => (COALESCE(NULLIF(current_setting('bo.pairing_grace_sec'::text, true), ''::text), '30'::text))::double precision);
ALTER FUNCTION bo_api.pairing_grace() OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.pairing_grace() IS 'How long the other half of a pair may take before it counts as OVERDUE; the API sets PAIRING_GRACE_SEC for its sessions';
CREATE FUNCTION bo_api.ping() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    pg_catalog.has_table_privilege('bo.admin_audit_logs', 'INSERT')
    and pg_catalog.current_setting('transaction_read_only') = 'off';
$$;
ALTER FUNCTION bo_api.ping() OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.ping() IS 'Whether lookups can be answered, audit row included';
CREATE FUNCTION bo_api.problem(p_status_code integer, p_title text, p_detail text, p_instance text, p_correlation_id text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return jsonb_build_object(
    'type', 'about:blank', 'title', p_title, 'status', p_status_code, 'detail', p_detail, 'instance', p_instance,
    'correlation_id', p_correlation_id
  );
end;
$$;
ALTER FUNCTION bo_api.problem(p_status_code integer, p_title text, p_detail text, p_instance text, p_correlation_id text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.problem(p_status_code integer, p_title text, p_detail text, p_instance text, p_correlation_id text) IS 'An error answer as of RFC 9457';
CREATE FUNCTION bo_api.record_denial(p_requests bo_api.lookup_request[], p_action text, p_resource_type text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform bo.write_audit_log(
    p_action, p_resource_type, p_requests, array_fill(row(403, 0, null, null)::bo_api.lookup_answer, array[cardinality(p_requests)])
  );
end;
$$;
ALTER FUNCTION bo_api.record_denial(p_requests bo_api.lookup_request[], p_action text, p_resource_type text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.record_denial(p_requests bo_api.lookup_request[], p_action text, p_resource_type text) IS 'An audit row, DENIED, for each request of an actor who is known and has not the role that it needs';
CREATE FUNCTION bo_api.replication_lag_seconds() RETURNS double precision
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    case when pg_catalog.pg_is_in_recovery()
      then extract(epoch from pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp())
    end;
$$;
ALTER FUNCTION bo_api.replication_lag_seconds() OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.replication_lag_seconds() IS 'Seconds that this standby is behind its primary; null on a primary';
CREATE FUNCTION bo_api.rfc3339(p_time timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    RETURN (rtrim(rtrim(to_char((p_time AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US'::text), '0'::text), '.'::text) || 'Z'::text);
ALTER FUNCTION bo_api.rfc3339(p_time timestamp with time zone) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.rfc3339(p_time timestamp with time zone) IS 'UTC with Z, and as many decimals of a second as are needed, up to six';
CREATE FUNCTION bo_api.search(p_requests bo_api.lookup_request[]) RETURNS bo_api.lookup_answer[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_answers bo_api.lookup_answer [];
  v_freshness constant json := (select row_to_json(freshness) from bo_api.freshness);
begin
  v_answers := array(
    select
      row(
        200, json_array_length(found.matches),
        json_build_object(
          'q', request.filters ->> 'q', 'matches', found.matches, 'count', json_array_length(found.matches), 'freshness', v_freshness
        )::text,
        null
      )::bo_api.lookup_answer
    from unnest(p_requests) with ordinality as request
    cross join lateral bo_api.matches_of(request.filters ->> 'q') as found (matches)
    order by request.ordinality
  );
  perform bo.write_audit_log('ADMIN_SEARCH', 'ID', p_requests, v_answers);
  return v_answers;
end;
$$;
ALTER FUNCTION bo_api.search(p_requests bo_api.lookup_request[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.search(p_requests bo_api.lookup_request[]) IS 'GET /admin/lookup: what an id names, and an audit row, for each request, in their order';
CREATE FUNCTION bo_api.status_group(p_status text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN (upper(btrim(p_status, ' 	
v'::text)) = ANY (ARRAY['SETTLED'::text, 'COMPLETED'::text, 'SUCCESS'::text, 'SUCCEEDED'::text, 'PAID'::text])) THEN 'SUCCESS'::text WHEN (upper(btrim(p_status, ' 	
v'::text)) = ANY (ARRAY['FAILED'::text, 'CANCELLED'::text, 'CANCELED'::text, 'REJECTED'::text, 'DECLINED'::text])) THEN 'FAIL'::text WHEN (upper(btrim(p_status, ' 	
v'::text)) = ANY (ARRAY['CREATED'::text, 'PENDING'::text, 'PROCESSING'::text, 'AUTHORIZED'::text])) THEN 'IN_PROGRESS'::text ELSE 'UNKNOWN'::text END;
ALTER FUNCTION bo_api.status_group(p_status text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.status_group(p_status text) IS 'SUCCESS, FAIL, IN_PROGRESS or UNKNOWN for the status of an order';
CREATE FUNCTION bo_api.still_to_come(p_freshness json, p_lag text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return jsonb_build_object(
    'freshness', p_freshness,
    'may_be_in_flight',
    coalesce((p_freshness ->> p_lag)::numeric > extract(epoch from bo_api.pairing_grace()), true)
  );
end;
$$;
ALTER FUNCTION bo_api.still_to_come(p_freshness json, p_lag text) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.still_to_come(p_freshness json, p_lag text) IS 'What a 404 adds: how fresh the answer is, and whether the event may still be under way. p_lag: the member of p_freshness that counts';
CREATE FUNCTION bo_api.time_at(p_us bigint) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    RETURN (('1970-01-01 00:00:00+00'::timestamp with time zone + (((p_us / 1000000))::double precision * '00:00:01'::interval)) + (((p_us % (1000000)::bigint))::double precision * '00:00:00.000001'::interval));
ALTER FUNCTION bo_api.time_at(p_us bigint) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.time_at(p_us bigint) IS 'The time so many microseconds after 1970, as cursors have it';
CREATE FUNCTION bo_api.to_csv(p_columns text[], p_items json[]) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select array_to_string(p_columns, ',') || E'\r\n' || coalesce(
    (
      select string_agg(line.text || E'\r\n', '' order by item.place)
      from unnest(p_items) with ordinality as item (json, place)
      cross join lateral (
        select string_agg(bo_api.csv_field(item.json #>> string_to_array(field.path, '.')), ',' order by field.place) as text
        from unnest(p_columns) with ordinality as field (path, place)
      ) as line
    ), ''
  );
$$;
ALTER FUNCTION bo_api.to_csv(p_columns text[], p_items json[]) OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.to_csv(p_columns text[], p_items json[]) IS 'Items of a list as CSV, with a first line of names; a name like pairing.reason is a member of a member';
CREATE FUNCTION bo_api.wire_types() RETURNS TABLE(lookup_request oid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select 'bo_api.lookup_request'::pg_catalog.regtype::oid;
$$;
ALTER FUNCTION bo_api.wire_types() OWNER TO bo_owner;
COMMENT ON FUNCTION bo_api.wire_types() IS 'Oid of the row type that lookup functions take arrays of; ask once a connection';
ALTER TABLE bo.admin_audit_logs ALTER COLUMN audit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bo.admin_audit_logs_audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE bo.admin_audit_logs_default (
    audit_id bigint NOT NULL,
    actor_id text NOT NULL,
    actor_roles text[] NOT NULL,
    action bo.audit_action NOT NULL,
    resource_type bo.audit_resource_type NOT NULL,
    resource_id text NOT NULL,
    result bo.audit_result NOT NULL,
    status_code integer NOT NULL,
    ip inet,
    user_agent text,
    request_method text NOT NULL,
    request_path text NOT NULL,
    request_query text,
    requested_at timestamp with time zone NOT NULL,
    duration_ms double precision NOT NULL,
    result_count bo.row_count NOT NULL,
    correlation_id text NOT NULL,
    access_reason text,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT denied_is_403 CHECK ((((result)::text = 'DENIED'::text) = (status_code = 403)))
);
ALTER TABLE bo.admin_audit_logs_default OWNER TO bo_owner;
COMMENT ON TABLE bo.admin_audit_logs_default IS 'Rows of months without a partition; bo.create_audit_partitions() moves them out';
CREATE VIEW bo.amount_mismatches AS
 SELECT pair.payment_order_id,
    pair.payment_amount,
    pair.receive_amount,
    payment_order.amount AS order_amount,
    pair.payment_tx_id,
    pair.receive_tx_id
   FROM (bo.payment_ledger_pairs pair
     LEFT JOIN bo.payment_orders payment_order ON ((payment_order.order_id = pair.payment_order_id)))
  WHERE (pair.payment_amount <> pair.receive_amount);
ALTER TABLE bo.amount_mismatches OWNER TO bo_owner;
COMMENT ON VIEW bo.amount_mismatches IS 'Pairs whose halves have different amounts, as numbers: 1.0 equals 1.00. order_amount is null without the order''s event';
CREATE TABLE bo.backfill_progress (
    backfill_id bigint NOT NULL,
    kind text NOT NULL,
    file_sha256 bytea NOT NULL,
    since timestamp with time zone,
    until timestamp with time zone,
    file_name text NOT NULL,
    file_bytes bigint NOT NULL,
    lines_applied bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT file_sha256_is_one CHECK ((octet_length(file_sha256) = 32)),
    CONSTRAINT kind_is_known CHECK ((kind = ANY (ARRAY['ledger'::text, 'payment_order'::text]))),
    CONSTRAINT lines_applied_is_not_negative CHECK ((lines_applied >= 0))
)
WITH (fillfactor='10');
ALTER TABLE bo.backfill_progress OWNER TO bo_owner;
COMMENT ON TABLE bo.backfill_progress IS 'How far each file is backfilled; commits with the rows it speaks of';
COMMENT ON COLUMN bo.backfill_progress.backfill_id IS 'Names this row to its writers';
COMMENT ON COLUMN bo.backfill_progress.kind IS 'What its lines were read as: ledger or payment_order';
COMMENT ON COLUMN bo.backfill_progress.file_sha256 IS 'Of the whole file as it lies on disk: a renamed file is the same, an edited one is another';
COMMENT ON COLUMN bo.backfill_progress.since IS 'Earlier events were skipped; null: none';
COMMENT ON COLUMN bo.backfill_progress.until IS 'Events from then on were skipped; null: none';
COMMENT ON COLUMN bo.backfill_progress.file_name IS 'Path that the last run was given';
COMMENT ON COLUMN bo.backfill_progress.file_bytes IS 'Size of the file';
COMMENT ON COLUMN bo.backfill_progress.lines_applied IS 'All lines up to this one are applied, skipped or dead letters';
COMMENT ON COLUMN bo.backfill_progress.started_at IS 'When its first line was begun with, by the database clock';
COMMENT ON COLUMN bo.backfill_progress.updated_at IS 'When it was last written';
COMMENT ON COLUMN bo.backfill_progress.finished_at IS 'When its end was reached; the next run begins anew';
ALTER TABLE bo.backfill_progress ALTER COLUMN backfill_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bo.backfill_progress_backfill_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE VIEW bo.complete_pairs_without_order AS
 SELECT pair.payment_order_id,
    pair.payment_tx_id,
    pair.receive_tx_id,
    pair.payment_event_time,
    pair.receive_event_time
   FROM bo.payment_ledger_pairs pair
  WHERE ((pair.pairing_status = 'COMPLETE'::text) AND (NOT (EXISTS ( SELECT
           FROM bo.payment_orders payment_order
          WHERE (payment_order.order_id = pair.payment_order_id)))));
ALTER TABLE bo.complete_pairs_without_order OWNER TO bo_owner;
COMMENT ON VIEW bo.complete_pairs_without_order IS 'Pairs that are COMPLETE although no event of their order has come';
ALTER TABLE bo.consumer_dlq_events ALTER COLUMN dlq_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bo.consumer_dlq_events_dlq_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE bo.consumer_progress (
    group_id text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL COLLATE pg_catalog."C",
    partition integer NOT NULL,
    next_offset bigint NOT NULL,
    applied_through timestamp with time zone,
    kind text,
    CONSTRAINT kind_is_known CHECK ((kind = ANY (ARRAY['ledger_entry'::text, 'payment_order'::text]))),
    CONSTRAINT next_offset_is_not_negative CHECK ((next_offset >= 0))
)
WITH (fillfactor='10');
ALTER TABLE bo.consumer_progress OWNER TO bo_owner;
COMMENT ON TABLE bo.consumer_progress IS 'How far each partition is applied; commits with the rows it speaks of, and never fences';
COMMENT ON COLUMN bo.consumer_progress.group_id IS 'Consumer group';
COMMENT ON COLUMN bo.consumer_progress.topic IS 'Topic';
COMMENT ON COLUMN bo.consumer_progress.partition IS 'Partition';
COMMENT ON COLUMN bo.consumer_progress.next_offset IS 'All records below it are applied';
COMMENT ON COLUMN bo.consumer_progress.applied_through IS 'Latest database time at which all up to the log end then seen was applied';
COMMENT ON COLUMN bo.consumer_progress.kind IS 'What the topic holds, as the consumer was told';
CREATE VIEW bo.dead_letters AS
 SELECT letter.dlq_id,
    letter.topic,
    letter.partition,
    letter."offset",
    bo.bytes_as_text(letter.key) AS key,
    bo.bytes_as_text(letter.payload) AS payload,
    ( SELECT jsonb_agg(jsonb_build_array(bo.bytes_as_text(header.name), bo.bytes_as_text(header.value)) ORDER BY header.place) AS jsonb_agg
           FROM UNNEST(letter.header_names, letter.header_values) WITH ORDINALITY header(name, value, place)) AS headers,
    letter.record_timestamp,
    letter.error,
    letter.error_detail,
    letter.profile_id,
    letter.correlation_id,
    letter.attempts,
    letter.status,
    letter.ingested_at,
    letter.resolved_at,
    letter.replaces
   FROM bo.consumer_dlq_events letter;
ALTER TABLE bo.dead_letters OWNER TO bo_owner;
COMMENT ON VIEW bo.dead_letters IS 'Dead letters for people: bytes as text where they are text, else as \x hexadecimal digits';
CREATE TABLE bo.dlq_actions (
    action_id bigint NOT NULL,
    acted_at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    login_role text NOT NULL,
    action text NOT NULL,
    reason text,
    dlq_id bigint,
    outcome text NOT NULL,
    detail jsonb NOT NULL,
    CONSTRAINT action_is_known CHECK ((action = ANY (ARRAY['REPLAY'::text, 'DISCARD'::text, 'SHOW_RAW'::text, 'LIST_RAW'::text, 'PRUNE'::text, 'IMPORT'::text]))),
    CONSTRAINT actor_is_named CHECK ((actor ~ '\S'::text)),
    CONSTRAINT reason_is_given CHECK (((action = ANY (ARRAY['REPLAY'::text, 'PRUNE'::text, 'IMPORT'::text])) OR ((reason IS NOT NULL) AND (reason ~ '\S'::text))))
);
ALTER TABLE bo.dlq_actions OWNER TO bo_owner;
COMMENT ON TABLE bo.dlq_actions IS 'Who did what with dead letters, and why; rows are only ever added';
COMMENT ON COLUMN bo.dlq_actions.action_id IS 'Order of writing within a session; gaps are normal';
COMMENT ON COLUMN bo.dlq_actions.acted_at IS 'When';
COMMENT ON COLUMN bo.dlq_actions.actor IS 'Who, by the name that was given';
COMMENT ON COLUMN bo.dlq_actions.login_role IS 'Role that was logged in';
COMMENT ON COLUMN bo.dlq_actions.action IS 'SHOW_RAW and LIST_RAW: values were shown unmasked';
COMMENT ON COLUMN bo.dlq_actions.reason IS 'Why; may be missing for REPLAY, PRUNE and IMPORT';
COMMENT ON COLUMN bo.dlq_actions.dlq_id IS 'The letter; null where an action was about many';
COMMENT ON COLUMN bo.dlq_actions.outcome IS 'Of a replay: inserted, updated, duplicate or stale as for any event, failed, or parked; else discarded, shown, pruned or imported';
COMMENT ON COLUMN bo.dlq_actions.detail IS 'What else there is to know, without values of payloads';
ALTER TABLE bo.dlq_actions ALTER COLUMN action_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bo.dlq_actions_action_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE VIEW bo.extra_entries AS
 SELECT pair.payment_order_id,
    entry.entry_type,
    entry.tx_id,
    COALESCE(((entry.tx_id = pair.payment_tx_id) OR (entry.tx_id = pair.receive_tx_id)), false) AS is_in_slot,
    entry.wallet_id,
    entry.amount,
    entry.event_time,
    entry.ingested_at
   FROM (bo.payment_ledger_pairs pair
     JOIN bo.ledger_entries entry ON (((entry.related_id = pair.payment_order_id) AND (bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) IS NOT NULL))))
  WHERE (pair.has_extra_entries AND (
        CASE entry.entry_type
            WHEN 'PAYMENT'::text THEN pair.payment_entry_count
            ELSE pair.receive_entry_count
        END > 1));
ALTER TABLE bo.extra_entries OWNER TO bo_owner;
COMMENT ON VIEW bo.extra_entries IS 'Entries of slots that more than one entry claims; is_in_slot is the one that the pair shows';
CREATE VIEW bo.incomplete_pairs_by_age AS
 WITH half AS (
         SELECT COALESCE(pair.payment_event_time, pair.receive_event_time) AS event_time,
            (( SELECT bo.clock() AS clock) - COALESCE(pair.payment_event_time, pair.receive_event_time)) AS age,
            (pair.payment_tx_id IS NULL) AS misses_payment
           FROM bo.payment_ledger_pairs pair
          WHERE (pair.pairing_status = 'INCOMPLETE'::text)
        ), bucket(place, title, from_age, to_age) AS (
         VALUES (1,'under 1 minute'::text,NULL::interval,'00:01:00'::interval), (2,'under 10 minutes'::text,'00:01:00'::interval,'00:10:00'::interval), (3,'under 1 hour'::text,'00:10:00'::interval,'01:00:00'::interval), (4,'under 1 day'::text,'01:00:00'::interval,'1 day'::interval), (5,'under 7 days'::text,'1 day'::interval,'7 days'::interval), (6,'7 days or more'::text,'7 days'::interval,NULL::interval)
        )
 SELECT bucket.title AS age,
    count(half.event_time) AS pairs,
    count(*) FILTER (WHERE half.misses_payment) AS without_payment,
    count(*) FILTER (WHERE (NOT half.misses_payment)) AS without_receive,
    min(half.event_time) AS oldest_event_time
   FROM (bucket
     LEFT JOIN half ON ((((bucket.from_age IS NULL) OR (half.age >= bucket.from_age)) AND ((bucket.to_age IS NULL) OR (half.age < bucket.to_age)))))
  GROUP BY bucket.place, bucket.title
  ORDER BY bucket.place;
ALTER TABLE bo.incomplete_pairs_by_age OWNER TO bo_owner;
COMMENT ON VIEW bo.incomplete_pairs_by_age IS 'How many pairs wait for their other half, by how long ago the half that is there happened (event_time)';
CREATE VIEW bo_api.audit_log_items AS
 SELECT log.requested_at,
    log.audit_id,
    log.actor_id,
    log.resource_type,
    log.resource_id,
    log.action,
    log.result,
    log.correlation_id,
    json_build_object('audit_id', log.audit_id, 'requested_at', bo_api.rfc3339(log.requested_at), 'actor_id', log.actor_id, 'actor_roles', log.actor_roles, 'action', log.action, 'resource_type', log.resource_type, 'resource_id', log.resource_id, 'result', log.result, 'status_code', log.status_code, 'result_count', log.result_count, 'access_reason', log.access_reason, 'ip', log.ip, 'user_agent', log.user_agent, 'request_method', log.request_method, 'request_path', log.request_path, 'request_query', log.request_query, 'duration_ms', log.duration_ms, 'correlation_id', log.correlation_id, 'xid', log.xid) AS item
   FROM bo.admin_audit_logs log;
ALTER TABLE bo_api.audit_log_items OWNER TO bo_owner;
COMMENT ON VIEW bo_api.audit_log_items IS 'Rows of the audit log as items of its answer, beside what they are filtered and sorted by';
CREATE VIEW bo_api.pairs AS
 SELECT pair.payment_order_id,
    pair.payment_tx_id,
    pair.receive_tx_id,
    pair.payer_wallet_id,
    pair.payee_wallet_id,
    pair.pairing_status,
        CASE
            WHEN (pair.payment_tx_id IS NULL) THEN 'WAITING_FOR_PAYMENT'::text
            WHEN (pair.receive_tx_id IS NULL) THEN 'WAITING_FOR_RECEIVE'::text
            WHEN (pair.payment_amount <> pair.receive_amount) THEN 'AMOUNT_MISMATCH'::text
            WHEN pair.has_extra_entries THEN 'EXTRA_ENTRIES'::text
            ELSE 'MATCHED'::text
        END AS reason,
        CASE
            WHEN (pair.pairing_status = 'INCOMPLETE'::text) THEN COALESCE(pair.payment_event_time, pair.receive_event_time)
            ELSE NULL::timestamp with time zone
        END AS waiting_since,
        CASE
            WHEN (pair.pairing_status = 'COMPLETE'::text) THEN NULL::text
            WHEN (( SELECT bo_api.ledger_through() AS ledger_through) > (bo_api.pairing_grace() + ( SELECT half.ingested_at
               FROM bo.ledger_entries half
              WHERE (half.tx_id = COALESCE(pair.payment_tx_id, pair.receive_tx_id))))) THEN 'OVERDUE'::text
            ELSE 'IN_FLIGHT'::text
        END AS verdict
   FROM bo.payment_ledger_pairs pair;
ALTER TABLE bo_api.pairs OWNER TO bo_owner;
COMMENT ON VIEW bo_api.pairs IS 'Pairs, why they are as they are, and whether what is missing may still be under way';
CREATE VIEW bo_api.entries AS
 SELECT entry.tx_id,
    entry.wallet_id,
    entry.event_time,
    entry.entry_type,
    entry.amount,
    entry.amount_signed,
    entry.related_id,
    payment_order.status,
    payment_order.merchant_name,
    belonging.payment_order_id,
    bo_api.status_group(payment_order.status) AS status_group,
        CASE
            WHEN ((entry.entry_type = 'PAYMENT'::text) AND (belonging.payment_order_id IS NOT NULL)) THEN entry.wallet_id
            ELSE pair.payer_wallet_id
        END AS sender_wallet_id,
        CASE
            WHEN ((entry.entry_type = 'RECEIVE'::text) AND (belonging.payment_order_id IS NOT NULL)) THEN entry.wallet_id
            ELSE pair.payee_wallet_id
        END AS receiver_wallet_id,
    COALESCE(entry.related_type,
        CASE
            WHEN (payment_order.order_id IS NOT NULL) THEN 'PAYMENT_ORDER'::text
            ELSE 'UNKNOWN'::text
        END) AS related_type,
        CASE entry.tx_id
            WHEN pair.payment_tx_id THEN pair.receive_tx_id
            WHEN pair.receive_tx_id THEN pair.payment_tx_id
            ELSE NULL::text
        END AS paired_tx_id,
        CASE
            WHEN ((entry.tx_id = pair.payment_tx_id) AND (pair.receive_tx_id IS NOT NULL)) THEN 'RECEIVE'::text
            WHEN ((entry.tx_id = pair.receive_tx_id) AND (pair.payment_tx_id IS NOT NULL)) THEN 'PAYMENT'::text
            ELSE NULL::text
        END AS paired_entry_type,
    COALESCE(pair.pairing_status, 'UNKNOWN'::text) AS pairing_status,
        CASE
            WHEN (pair.payment_order_id IS NOT NULL) THEN pair.reason
            WHEN (entry.related_id IS NULL) THEN 'NO_ORDER'::text
            WHEN (bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type) IS NULL) THEN 'NOT_A_PAYMENT'::text
            ELSE 'ORDER_UNKNOWN'::text
        END AS pairing_reason,
    pair.verdict AS pairing_verdict,
    pair.waiting_since,
    GREATEST(entry.ingested_at, entry.event_time) AS known_since,
    ( SELECT bo.clock() AS clock) AS asked_at
   FROM (((bo.ledger_entries entry
     CROSS JOIN LATERAL ( SELECT
                CASE
                    WHEN ((entry.related_type IS NULL) OR (entry.related_type = 'PAYMENT_ORDER'::text)) THEN entry.related_id
                    ELSE NULL::text
                END AS payment_order_id) belonging)
     LEFT JOIN bo.payment_orders payment_order ON ((payment_order.order_id = belonging.payment_order_id)))
     LEFT JOIN bo_api.pairs pair ON (((pair.payment_order_id = bo.pairing_order_id(entry.entry_type, entry.related_id, entry.related_type)) AND ((entry.related_type IS NOT NULL) OR (payment_order.order_id IS NOT NULL) OR (pair.pairing_status = 'COMPLETE'::text)))));
ALTER TABLE bo_api.entries OWNER TO bo_owner;
COMMENT ON VIEW bo_api.entries IS 'Ledger entries with their order, their counterpart and their pairing status';
CREATE VIEW bo_api.entry_items AS
 SELECT entry.tx_id,
    entry.event_time,
    entry.related_id,
    entry.payment_order_id,
    entry.entry_type,
    entry.pairing_status,
    json_build_object('tx_id', entry.tx_id, 'event_time', bo_api.rfc3339(entry.event_time), 'entry_type', entry.entry_type, 'amount', (entry.amount)::text, 'amount_signed', (entry.amount_signed)::text, 'wallet_id', entry.wallet_id, 'status', entry.status, 'status_group', entry.status_group, 'paired_tx_id', entry.paired_tx_id, 'pairing_status', entry.pairing_status, 'data_lag_sec', bo_api.age_sec(entry.known_since, entry.asked_at), 'pairing', bo_api.pairing(entry.pairing_reason, entry.pairing_verdict, entry.waiting_since, entry.asked_at)) AS item
   FROM bo_api.entries entry;
ALTER TABLE bo_api.entry_items OWNER TO bo_owner;
COMMENT ON VIEW bo_api.entry_items IS 'Ledger entries as items of the order and wallet answers';
CREATE VIEW bo_api.progress AS
 WITH reached AS (
         SELECT progress.kind,
                CASE
                    WHEN bool_and((progress.applied_through IS NOT NULL)) THEN min(progress.applied_through)
                    ELSE NULL::timestamp with time zone
                END AS applied_through
           FROM bo.consumer_progress progress
          WHERE (progress.kind IS NOT NULL)
          GROUP BY progress.group_id, progress.topic, progress.kind
        )
 SELECT max(reached.applied_through) FILTER (WHERE (reached.kind = 'ledger_entry'::text)) AS ledger_through,
    max(reached.applied_through) FILTER (WHERE (reached.kind = 'payment_order'::text)) AS payment_order_through
   FROM reached;
ALTER TABLE bo_api.progress OWNER TO bo_owner;
COMMENT ON VIEW bo_api.progress IS 'One row: up to when all ledger entries and all payment orders are applied; null: not known';
CREATE VIEW bo_api.freshness AS
 SELECT bo_api.rfc3339(
        CASE
            WHEN ((progress.ledger_through IS NOT NULL) AND (progress.payment_order_through IS NOT NULL)) THEN LEAST(progress.ledger_through, progress.payment_order_through)
            ELSE NULL::timestamp with time zone
        END) AS as_of,
    bo_api.lag_sec(progress.ledger_through, ( SELECT bo.clock() AS clock)) AS ledger_lag_sec,
    bo_api.lag_sec(progress.payment_order_through, ( SELECT bo.clock() AS clock)) AS payment_order_lag_sec
   FROM bo_api.progress progress;
ALTER TABLE bo_api.freshness OWNER TO bo_owner;
COMMENT ON VIEW bo_api.freshness IS 'The member freshness of every answer: all that was recorded before as_of is in it';
CREATE VIEW bo_api.pair_items AS
 SELECT pair.payment_order_id,
    json_build_object('payment_order_id', pair.payment_order_id, 'payment_tx_id', pair.payment_tx_id, 'receive_tx_id', pair.receive_tx_id, 'payer_wallet_id', pair.payer_wallet_id, 'payee_wallet_id', pair.payee_wallet_id, 'pairing_status', pair.pairing_status, 'waiting_since', bo_api.rfc3339(pair.waiting_since), 'pairing', bo_api.pairing(pair.reason, pair.verdict, pair.waiting_since, pair.asked_at)) AS item
   FROM ( SELECT pairs.payment_order_id,
            pairs.payment_tx_id,
            pairs.receive_tx_id,
            pairs.payer_wallet_id,
            pairs.payee_wallet_id,
            pairs.pairing_status,
            pairs.reason,
            pairs.waiting_since,
            pairs.verdict,
            ( SELECT bo.clock() AS clock) AS asked_at
           FROM bo_api.pairs) pair;
ALTER TABLE bo_api.pair_items OWNER TO bo_owner;
COMMENT ON VIEW bo_api.pair_items IS 'Pairs as items of GET /admin/pairs';
CREATE VIEW bo_api.payment_orders AS
 SELECT payment_order.order_id,
    json_build_object('order_id', payment_order.order_id, 'user_id', payment_order.user_id, 'merchant_name', payment_order.merchant_name, 'amount', (payment_order.amount)::text, 'status', payment_order.status, 'status_group', bo_api.status_group(payment_order.status), 'created_at', bo_api.rfc3339(payment_order.created_at)) AS "order",
    COALESCE(( SELECT json_agg(entry.item ORDER BY entry.event_time, entry.tx_id) AS json_agg
           FROM bo_api.entry_items entry
          WHERE ((entry.related_id = payment_order.order_id) AND (entry.payment_order_id = entry.related_id))), '[]'::json) AS ledger_entries,
    payment_order.pairing_status,
    bo_api.pairing(payment_order.pairing_reason, payment_order.pairing_verdict, payment_order.waiting_since, payment_order.asked_at) AS pairing
   FROM ( SELECT known.order_id,
            known.user_id,
            known.merchant_name,
            known.amount,
            known.status,
            known.created_at,
            known.updated_at,
            known.source_version,
            known.record_timestamp,
            known.ingested_at,
            COALESCE(pair.pairing_status, 'UNKNOWN'::text) AS pairing_status,
            COALESCE(pair.reason, 'NO_ENTRIES'::text) AS pairing_reason,
            pair.verdict AS pairing_verdict,
            pair.waiting_since,
            ( SELECT bo.clock() AS clock) AS asked_at
           FROM (bo.payment_orders known
             LEFT JOIN bo_api.pairs pair ON ((pair.payment_order_id = known.order_id)))) payment_order;
ALTER TABLE bo_api.payment_orders OWNER TO bo_owner;
COMMENT ON VIEW bo_api.payment_orders IS 'The answer of GET /admin/payment-orders/{order_id}, a row an order';
CREATE VIEW bo_api.transactions AS
 SELECT entry.tx_id,
    bo_api.rfc3339(entry.event_time) AS event_time,
    entry.entry_type,
    (entry.amount)::text AS amount,
    (entry.amount_signed)::text AS amount_signed,
    entry.status,
    entry.status_group,
    entry.sender_wallet_id,
    entry.receiver_wallet_id,
        CASE
            WHEN (entry.related_id IS NOT NULL) THEN json_object(ARRAY['related_id'::text, entry.related_id, 'related_type'::text, entry.related_type])
            ELSE NULL::json
        END AS related,
    entry.paired_tx_id,
    entry.paired_entry_type,
    entry.merchant_name,
    entry.pairing_status,
    bo_api.age_sec(entry.known_since, entry.asked_at) AS data_lag_sec,
    bo_api.pairing(entry.pairing_reason, entry.pairing_verdict, entry.waiting_since, entry.asked_at) AS pairing
   FROM bo_api.entries entry;
ALTER TABLE bo_api.transactions OWNER TO bo_owner;
COMMENT ON VIEW bo_api.transactions IS 'The answer of GET /admin/tx/{tx_id}, a row an entry';
ALTER TABLE ONLY bo.admin_audit_logs ATTACH PARTITION bo.admin_audit_logs_default DEFAULT;
ALTER TABLE ONLY bo.admin_audit_logs
    ADD CONSTRAINT admin_audit_logs_pkey PRIMARY KEY (requested_at, audit_id);
ALTER TABLE ONLY bo.admin_audit_logs_default
    ADD CONSTRAINT admin_audit_logs_default_pkey PRIMARY KEY (requested_at, audit_id);
ALTER TABLE ONLY bo.audit_seals
    ADD CONSTRAINT audit_seals_pkey PRIMARY KEY (seal_number);
ALTER TABLE ONLY bo.backfill_progress
    ADD CONSTRAINT backfill_is_known_once UNIQUE NULLS NOT DISTINCT (kind, file_sha256, since, until);
ALTER TABLE ONLY bo.backfill_progress
    ADD CONSTRAINT backfill_progress_pkey PRIMARY KEY (backfill_id);
ALTER TABLE ONLY bo.consumer_dlq_events
    ADD CONSTRAINT consumer_dlq_events_pkey PRIMARY KEY (dlq_id);
ALTER TABLE ONLY bo.consumer_progress
    ADD CONSTRAINT consumer_progress_pkey PRIMARY KEY (group_id, topic, partition);
ALTER TABLE ONLY bo.dlq_actions
    ADD CONSTRAINT dlq_actions_pkey PRIMARY KEY (action_id);
ALTER TABLE ONLY bo.ledger_entries
    ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (tx_id);
ALTER TABLE ONLY bo.payment_ledger_pairs
    ADD CONSTRAINT payment_ledger_pairs_pkey PRIMARY KEY (payment_order_id);
ALTER TABLE ONLY bo.payment_orders
    ADD CONSTRAINT payment_orders_pkey PRIMARY KEY (order_id);
ALTER TABLE ONLY bo.consumer_dlq_events
    ADD CONSTRAINT record_is_stored_once UNIQUE NULLS NOT DISTINCT (topic, partition, "offset", record_timestamp, payload_sha256);
CREATE INDEX admin_audit_logs_by_actor ON ONLY bo.admin_audit_logs USING btree (actor_id, requested_at);
CREATE INDEX admin_audit_logs_by_xid ON ONLY bo.admin_audit_logs USING btree (xid, audit_id);
CREATE INDEX admin_audit_logs_default_actor_id_requested_at_idx ON bo.admin_audit_logs_default USING btree (actor_id, requested_at);
CREATE INDEX admin_audit_logs_default_xid_audit_id_idx ON bo.admin_audit_logs_default USING btree (xid, audit_id);
CREATE INDEX audit_seals_of_month ON bo.audit_seals USING btree (month, seal_number);
CREATE INDEX closed_letters_by_time ON bo.consumer_dlq_events USING btree (resolved_at) WHERE (resolved_at IS NOT NULL);
CREATE INDEX dlq_actions_of_letter ON bo.dlq_actions USING btree (dlq_id) WHERE (dlq_id IS NOT NULL);
CREATE INDEX incomplete_pairs_by_time ON bo.payment_ledger_pairs USING btree (COALESCE(payment_event_time, receive_event_time), payment_order_id) WHERE (pairing_status = 'INCOMPLETE'::text);
CREATE INDEX ledger_entries_related_id_idx ON bo.ledger_entries USING btree (related_id) WHERE (related_id IS NOT NULL);
CREATE INDEX ledger_entries_wallet_idx ON bo.ledger_entries USING btree (wallet_id, event_time DESC, tx_id);
CREATE UNIQUE INDEX letter_is_replaced_once ON bo.consumer_dlq_events USING btree (replaces) WHERE (replaces IS NOT NULL);
ALTER INDEX bo.admin_audit_logs_by_actor ATTACH PARTITION bo.admin_audit_logs_default_actor_id_requested_at_idx;
ALTER INDEX bo.admin_audit_logs_pkey ATTACH PARTITION bo.admin_audit_logs_default_pkey;
ALTER INDEX bo.admin_audit_logs_by_xid ATTACH PARTITION bo.admin_audit_logs_default_xid_audit_id_idx;
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON bo.admin_audit_logs FOR EACH STATEMENT EXECUTE FUNCTION bo.refuse_change();
COMMENT ON TRIGGER is_append_only ON bo.admin_audit_logs IS 'What was asked and answered stays known';
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON bo.admin_audit_logs_default FOR EACH STATEMENT EXECUTE FUNCTION bo.refuse_change();
COMMENT ON TRIGGER is_append_only ON bo.admin_audit_logs_default IS 'What was asked and answered stays known';
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON bo.audit_seals FOR EACH STATEMENT EXECUTE FUNCTION bo.refuse_change();
COMMENT ON TRIGGER is_append_only ON bo.audit_seals IS 'What was sealed stays provable';
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON bo.dlq_actions FOR EACH STATEMENT EXECUTE FUNCTION bo.refuse_change();
COMMENT ON TRIGGER is_append_only ON bo.dlq_actions IS 'What was done stays known';
ALTER TABLE ONLY bo.consumer_dlq_events
    ADD CONSTRAINT replaced_letter_exists FOREIGN KEY (replaces) REFERENCES bo.consumer_dlq_events(dlq_id);
GRANT USAGE ON SCHEMA bo TO bo_consumer;
GRANT USAGE ON SCHEMA bo TO bo_admin_api;
GRANT USAGE ON SCHEMA bo TO bo_operator;
GRANT USAGE ON SCHEMA bo_api TO bo_admin_api;
REVOKE ALL ON TYPE bo.audit_action FROM PUBLIC;
REVOKE ALL ON TYPE bo.audit_finding FROM PUBLIC;
REVOKE ALL ON TYPE bo.audit_resource_type FROM PUBLIC;
REVOKE ALL ON TYPE bo.audit_result FROM PUBLIC;
REVOKE ALL ON TYPE bo.batch_result FROM PUBLIC;
REVOKE ALL ON TYPE bo.computed_pair FROM PUBLIC;
REVOKE ALL ON TYPE bo.dead_letter FROM PUBLIC;
REVOKE ALL ON TYPE bo.dead_letter_filter FROM PUBLIC;
REVOKE ALL ON TYPE bo.event_version FROM PUBLIC;
REVOKE ALL ON TYPE bo.ledger_event FROM PUBLIC;
REVOKE ALL ON TYPE bo.pair_entry FROM PUBLIC;
REVOKE ALL ON TYPE bo.ledger_result FROM PUBLIC;
REVOKE ALL ON TYPE bo.pairing_result FROM PUBLIC;
REVOKE ALL ON TYPE bo.partition_progress FROM PUBLIC;
REVOKE ALL ON TYPE bo.payment_order_event FROM PUBLIC;
REVOKE ALL ON TYPE bo.row_count FROM PUBLIC;
REVOKE ALL ON TYPE bo.write_result FROM PUBLIC;
REVOKE ALL ON TYPE bo_api.cursor_position FROM PUBLIC;
REVOKE ALL ON TYPE bo_api.lookup_answer FROM PUBLIC;
REVOKE ALL ON TYPE bo_api.lookup_request FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.append_audit_seal(p_seal bo.audit_seals) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.apply_backfill_batch(p_backfill_id bigint, p_lines_applied bigint, p_finished boolean, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[]) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.apply_backfill_batch(p_backfill_id bigint, p_lines_applied bigint, p_finished boolean, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[]) TO bo_consumer;
REVOKE ALL ON FUNCTION bo.apply_batch(p_group_id text, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_progress bo.partition_progress[]) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.apply_batch(p_group_id text, p_dead_letters bo.dead_letter[], p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_progress bo.partition_progress[]) TO bo_consumer;
REVOKE ALL ON FUNCTION bo.apply_ledger_events(p_events bo.ledger_event[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.apply_pairs(p_entries bo.pair_entry[], p_moved text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.apply_payment_order_events(p_events bo.payment_order_event[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.as_computed(p_pair bo.payment_ledger_pairs) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.as_event(p_entry bo.ledger_entries) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.as_event(p_order bo.payment_orders) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.audit_chain_findings(p_checkpoints jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.audit_checkpoint() FROM PUBLIC;
GRANT ALL ON FUNCTION bo.audit_checkpoint() TO bo_operator;
REVOKE ALL ON FUNCTION bo.audit_log_state(OUT unsealed_age_seconds double precision, OUT default_rows bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.audit_log_state(OUT unsealed_age_seconds double precision, OUT default_rows bigint) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo.audit_months() FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.audit_partitions() FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.audit_row_findings(p_month date) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.utc_text(p_time timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.audit_row_hash(p_row bo.admin_audit_logs) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.audit_seal_hash(p_seal bo.audit_seals) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.audit_spans() FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.begin_audit_epoch(p_reason text, p_last_audit_id bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.begin_backfill(p_kind text, p_file_sha256 bytea, p_since timestamp with time zone, p_until timestamp with time zone, p_file_name text, p_file_bytes bigint, p_restart boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.begin_backfill(p_kind text, p_file_sha256 bytea, p_since timestamp with time zone, p_until timestamp with time zone, p_file_name text, p_file_bytes bigint, p_restart boolean) TO bo_consumer;
REVOKE ALL ON FUNCTION bo.bytes_as_text(p_bytes bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.check_pairs(p_max_orders integer, OUT checked bigint, OUT drifted bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.check_pairs(p_max_orders integer, OUT checked bigint, OUT drifted bigint) TO bo_operator;
REVOKE ALL ON FUNCTION bo.claim_dead_letter(p_filter bo.dead_letter_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.claim_dead_letter(p_filter bo.dead_letter_filter) TO bo_operator;
REVOKE ALL ON FUNCTION bo.clock() FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.computed_pairs(p_order_ids text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.count_dead_letters(p_filter bo.dead_letter_filter, OUT letters bigint, OUT last_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.count_dead_letters(p_filter bo.dead_letter_filter, OUT letters bigint, OUT last_id bigint) TO bo_operator;
REVOKE ALL ON FUNCTION bo.create_audit_partitions(p_months_ahead integer) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.create_audit_partitions(p_months_ahead integer) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo.detach_audit_partitions(p_months_to_keep integer) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.detach_audit_partitions(p_months_to_keep integer) TO bo_operator;
REVOKE ALL ON FUNCTION bo.discard_dead_letters(p_filter bo.dead_letter_filter, p_limit integer, p_actor text, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.discard_dead_letters(p_filter bo.dead_letter_filter, p_limit integer, p_actor text, p_reason text) TO bo_operator;
REVOKE ALL ON FUNCTION bo.first_unsealed(p_month date, OUT xid xid8, OUT audit_id bigint, OUT epoch_after bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.fold_pairs(p_entries bo.pair_entry[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.import_dead_letters(p_letters bo.dead_letter[], p_source text, p_actor text, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.import_dead_letters(p_letters bo.dead_letter[], p_source text, p_actor text, p_reason text) TO bo_operator;
REVOKE ALL ON FUNCTION bo.list_dead_letters(p_filter bo.dead_letter_filter, p_raw boolean, p_actor text, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.list_dead_letters(p_filter bo.dead_letter_filter, p_raw boolean, p_actor text, p_reason text) TO bo_operator;
REVOKE ALL ON FUNCTION bo.lock_audit_seals(p_waits boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.log_dlq_action(p_action text, p_actor text, p_reason text, p_dlq_id bigint, p_outcome text, p_detail jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.masked_payload(p_payload bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.masked_text(p_bytes bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.matches(p_letter bo.consumer_dlq_events, p_filter bo.dead_letter_filter) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.not_stored(p_events bo.ledger_event[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.not_stored(p_events bo.payment_order_event[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.oldest_unsealed(p_month date) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.order_ids_after(p_after text, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.order_ids_after(p_after text, p_limit integer) TO bo_operator;
REVOKE ALL ON FUNCTION bo.order_ids_touched_since(p_since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.order_ids_touched_since(p_since timestamp with time zone) TO bo_operator;
REVOKE ALL ON FUNCTION bo.orders_without_entries(p_minutes integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.outcome_of(p_result bo.batch_result) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.pair_count_estimate() FROM PUBLIC;
GRANT ALL ON FUNCTION bo.pair_count_estimate() TO bo_operator;
REVOKE ALL ON FUNCTION bo.pair_drift(p_order_ids text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.pairing_order_id(p_entry_type text, p_related_id text, p_related_type text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.precedes(p_event_time timestamp with time zone, p_tx_id text, p_other_event_time timestamp with time zone, p_other_tx_id text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.protect_audit_log() FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.prune_dead_letters(p_days integer, p_actor text, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.prune_dead_letters(p_days integer, p_actor text, p_limit integer) TO bo_consumer;
GRANT ALL ON FUNCTION bo.prune_dead_letters(p_days integer, p_actor text, p_limit integer) TO bo_operator;
REVOKE ALL ON FUNCTION bo.read_progress(p_group_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.read_progress(p_group_id text) TO bo_consumer;
REVOKE ALL ON FUNCTION bo.recompute_pairs(p_order_ids text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.record_progress(p_group_id text, p_progress bo.partition_progress[], p_asked_at timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.refuse_change() FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.repair_chunk(p_order_ids text[], p_dry_run boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.repair_pairs(p_order_ids text[], p_dry_run boolean, p_since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.repair_pairs(p_order_ids text[], p_dry_run boolean, p_since timestamp with time zone) TO bo_operator;
REVOKE ALL ON FUNCTION bo.replace_ledger_entries(p_events bo.ledger_event[], p_now timestamp with time zone, OUT p_updated bigint, OUT p_moved text[], OUT p_skipped bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.replace_payment_orders(p_events bo.payment_order_event[], p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.replay_dead_letter(p_dlq_id bigint, p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_error text, p_error_detail text, p_edited_payload bytea, p_max_attempts integer, p_actor text, p_reason text, OUT dlq_id bigint, OUT outcome text, OUT status text, OUT attempts integer, OUT error text, OUT error_detail text, OUT replaced_by bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.replay_dead_letter(p_dlq_id bigint, p_ledger_events bo.ledger_event[], p_order_events bo.payment_order_event[], p_error text, p_error_detail text, p_edited_payload bytea, p_max_attempts integer, p_actor text, p_reason text, OUT dlq_id bigint, OUT outcome text, OUT status text, OUT attempts integer, OUT error text, OUT error_detail text, OUT replaced_by bigint) TO bo_operator;
REVOKE ALL ON FUNCTION bo.sample_order_ids(p_max_orders integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.sample_percent(p_table regclass, p_rows integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.seal_audit_log(p_max_rows integer, p_waits boolean, OUT sealed_rows integer, OUT seal_number bigint, OUT hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.seal_audit_log(p_max_rows integer, p_waits boolean, OUT sealed_rows integer, OUT seal_number bigint, OUT hash text) TO bo_admin_api;
GRANT ALL ON FUNCTION bo.seal_audit_log(p_max_rows integer, p_waits boolean, OUT sealed_rows integer, OUT seal_number bigint, OUT hash text) TO bo_operator;
REVOKE ALL ON FUNCTION bo.seal_audit_rows(p_month date, p_horizon xid8, p_max_rows integer, p_last_audit_id bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.show_dead_letters(p_filter bo.dead_letter_filter, p_limit integer, p_raw boolean, p_actor text, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.show_dead_letters(p_filter bo.dead_letter_filter, p_limit integer, p_raw boolean, p_actor text, p_reason text) TO bo_operator;
REVOKE ALL ON FUNCTION bo.store_dead_letters(p_letters bo.dead_letter[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.store_replacement(p_dlq_id bigint, p_payload bytea, p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.version_of(p_source_version bigint, p_updated_at timestamp with time zone, p_record_timestamp timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.supersedes(p_event bo.ledger_event, p_other bo.ledger_event) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.supersedes(p_event bo.payment_order_event, p_other bo.payment_order_event) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.upsert_ledger_entry(p_tx_id text, p_wallet_id text, p_entry_type text, p_amount numeric, p_amount_signed numeric, p_related_id text, p_related_type text, p_event_time timestamp with time zone, p_created_at timestamp with time zone, p_updated_at timestamp with time zone, p_source_version bigint, p_record_timestamp timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.upsert_ledger_entry(p_tx_id text, p_wallet_id text, p_entry_type text, p_amount numeric, p_amount_signed numeric, p_related_id text, p_related_type text, p_event_time timestamp with time zone, p_created_at timestamp with time zone, p_updated_at timestamp with time zone, p_source_version bigint, p_record_timestamp timestamp with time zone) TO bo_consumer;
REVOKE ALL ON FUNCTION bo.upsert_payment_order(p_order_id text, p_user_id text, p_merchant_name text, p_amount numeric, p_status text, p_created_at timestamp with time zone, p_updated_at timestamp with time zone, p_source_version bigint, p_record_timestamp timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.upsert_payment_order(p_order_id text, p_user_id text, p_merchant_name text, p_amount numeric, p_status text, p_created_at timestamp with time zone, p_updated_at timestamp with time zone, p_source_version bigint, p_record_timestamp timestamp with time zone) TO bo_consumer;
REVOKE ALL ON FUNCTION bo.verify_audit_log(p_checkpoints text, p_max_findings integer) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.verify_audit_log(p_checkpoints text, p_max_findings integer) TO bo_operator;
REVOKE ALL ON FUNCTION bo.watch_pairs(p_max_orders integer, OUT checked bigint, OUT drifted bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION bo.watch_pairs(p_max_orders integer, OUT checked bigint, OUT drifted bigint) TO bo_consumer;
REVOKE ALL ON FUNCTION bo.winning_ledger_events(p_events bo.ledger_event[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.winning_payment_order_events(p_events bo.payment_order_event[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.wire_types() FROM PUBLIC;
GRANT ALL ON FUNCTION bo.wire_types() TO bo_consumer;
GRANT ALL ON FUNCTION bo.wire_types() TO bo_operator;
REVOKE ALL ON FUNCTION bo.with_record_timestamp(p_events bo.ledger_event[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.with_record_timestamp(p_events bo.payment_order_event[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo.write_audit_log(p_action text, p_resource_type text, p_requests bo_api.lookup_request[], p_answers bo_api.lookup_answer[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.age_sec(p_since timestamp with time zone, p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.answer_audit_logs(p_request bo_api.lookup_request) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.answer_pairs(p_request bo_api.lookup_request, p_freshness json) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.answer_wallet_tx(p_request bo_api.lookup_request, p_freshness json) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.bad_cursor(p_request bo_api.lookup_request) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.bad_request(p_request bo_api.lookup_request, p_detail text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.batch_get_tx(p_requests bo_api.lookup_request[]) FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.batch_get_tx(p_requests bo_api.lookup_request[]) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.csv_field(p_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.decode_cursor(p_scope text, p_cursor text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.encode_cursor(p_scope text, p_at timestamp with time zone, p_id text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.lag_sec(p_since timestamp with time zone, p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.ledger_through() FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.list_answer(p_request bo_api.lookup_request, p_body json, p_items json[], p_next_cursor text, p_csv_columns text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.list_audit_logs(p_requests bo_api.lookup_request[]) FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.list_audit_logs(p_requests bo_api.lookup_request[]) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.list_pairs(p_requests bo_api.lookup_request[]) FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.list_pairs(p_requests bo_api.lookup_request[]) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.lookup_payment_order(p_requests bo_api.lookup_request[]) FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.lookup_payment_order(p_requests bo_api.lookup_request[]) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.lookup_tx(p_requests bo_api.lookup_request[]) FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.lookup_tx(p_requests bo_api.lookup_request[]) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.lookup_wallet_tx(p_requests bo_api.lookup_request[]) FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.lookup_wallet_tx(p_requests bo_api.lookup_request[]) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.matches_of(p_id text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.pairing(p_reason text, p_verdict text, p_waiting_since timestamp with time zone, p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.pairing_grace() FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.ping() FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.ping() TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.problem(p_status_code integer, p_title text, p_detail text, p_instance text, p_correlation_id text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.record_denial(p_requests bo_api.lookup_request[], p_action text, p_resource_type text) FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.record_denial(p_requests bo_api.lookup_request[], p_action text, p_resource_type text) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.replication_lag_seconds() FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.replication_lag_seconds() TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.rfc3339(p_time timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.search(p_requests bo_api.lookup_request[]) FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.search(p_requests bo_api.lookup_request[]) TO bo_admin_api;
REVOKE ALL ON FUNCTION bo_api.status_group(p_status text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.still_to_come(p_freshness json, p_lag text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.time_at(p_us bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.to_csv(p_columns text[], p_items json[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION bo_api.wire_types() FROM PUBLIC;
GRANT ALL ON FUNCTION bo_api.wire_types() TO bo_admin_api;
ALTER DEFAULT PRIVILEGES FOR ROLE bo_owner REVOKE ALL ON TYPES  FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE bo_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
