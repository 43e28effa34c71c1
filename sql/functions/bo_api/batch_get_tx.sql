-- Each id is a lookup of its own, audited like any other; they are read in one statement, so they agree with each other.
create or replace function bo_api.batch_get_tx(p_requests bo_api.lookup_request [])
returns bo_api.lookup_answer []
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
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

comment on function bo_api.batch_get_tx(bo_api.lookup_request []) is
'POST /admin/tx:batchGet: the answers of bo_api.lookup_tx() to filters.tx_ids as one; count: how many of them are found';
