-- A letter that is here already, by the record that it is, is passed over: importing twice changes nothing.
create or replace function bo.import_dead_letters(p_letters bo.dead_letter [], p_source text, p_actor text, p_reason text)
returns bigint
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
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

comment on function bo.import_dead_letters(bo.dead_letter [], text, text, text)
is 'Takes letters that were kept in a file or a topic; returns how many were new';
