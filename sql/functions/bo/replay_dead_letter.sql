-- What the letter decodes to now: one event, or the error that it still has (p_error). Event, letter and log commit together.
-- An event that the tables refuse counts as an attempt that failed; any other fault is the environment's: the caller rolls
-- back, and nothing has happened. The caller holds the letter by bo.claim_dead_letter().
-- An edited payload that fails says nothing of what came: the letter stays as it is, and only the log tells.
create or replace function bo.replay_dead_letter(
    p_dlq_id bigint,
    p_ledger_events bo.ledger_event [],
    p_order_events bo.payment_order_event [],
    p_error text,
    p_error_detail text,
    p_edited_payload bytea,
    p_max_attempts integer,
    p_actor text,
    p_reason text,
    out dlq_id bigint,
    out outcome text,
    out status text,
    out attempts integer,
    out error text,
    out error_detail text,
    out replaced_by bigint
)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
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

comment on function bo.replay_dead_letter(
  bigint, bo.ledger_event [], bo.payment_order_event [], text, text, bytea, integer, text, text
) is 'Applies the event of a dead letter and resolves it; else counts an attempt, unless the payload was edited, and parks it after too many';
