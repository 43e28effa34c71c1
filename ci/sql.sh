#!/usr/bin/env bash
# pgTAP over sql/tests, and plpgsql_check over every function, on a private cluster.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"

# run_pgtap: pg_prove closes with the totals; a file that ended early fails as a whole, whatever it had asserted.
run_pgtap() {
  local log=$RUN_DIR/log/pg_prove.log status=0 total failed
  admin_env "$ROOT/sql/tests/run" 2>&1 | tee "$log" || status=$?
  total=$(sed -nE 's/^Files=[0-9]+, Tests=([0-9]+),.*/\1/p' "$log")
  failed=$(sed -nE 's/.*\(Wstat: .* Failed: ([0-9]+)\)$/\1/p' "$log" | awk '{ sum += $1 } END { print sum + 0 }')
  if ((failed == 0 && (status != 0 || ${total:-0} == 0))); then
    failed=1
  fi
  count $((${total:-0} > failed ? total - failed : 0)) "$failed"
}

# check_functions: a function without a finding has passed. Trigger functions are checked for each of their tables.
check_functions() {
  local functions
  admin_psql -At -c "
    select p.oid::regprocedure || ': ' || f.message || coalesce(' (line ' || f.lineno || ')', '')
    from pg_proc p
    join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
    left join pg_trigger t on t.tgfoid = p.oid
    cross join lateral plpgsql_check_function_tb(
      p.oid, coalesce(t.tgrelid, 0), fatal_errors => false, security_warnings => true, performance_warnings => true,
      oldtable => t.tgoldtable, newtable => t.tgnewtable) f
    where p.pronamespace::regnamespace::text in ('bo', 'bo_api')" | tee "$RUN_DIR/log/plpgsql_check.log"
  functions=$(admin_psql -At -c "
    select count(*) from pg_proc p join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
    where p.pronamespace::regnamespace::text in ('bo', 'bo_api')")
  echo "plpgsql_check: $functions functions, $(wc -l <"$RUN_DIR/log/plpgsql_check.log") findings"
  if [[ -s $RUN_DIR/log/plpgsql_check.log ]]; then
    count 0 1
  else
    count "$functions" 0
  fi
}

"$ROOT/scripts/stack" start postgres
"$ROOT/scripts/stack" migrate >"$RUN_DIR/log/migrate.log"
run_pgtap
check_functions
done_here
