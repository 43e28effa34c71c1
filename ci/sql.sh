#!/usr/bin/env bash
# The pgTAP tests of sql/tests on a private cluster; the catalog tests among them run plpgsql_check over every function.
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

"$ROOT/scripts/stack" start postgres
"$ROOT/scripts/stack" migrate >"$RUN_DIR/log/migrate.log"
run_pgtap
done_here
