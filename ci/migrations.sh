#!/usr/bin/env bash
# The database can be made from nothing, made again, taken back and made anew, and is then what sql/schema.golden.sql says.
# UPDATE_GOLDEN=yes writes that file.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"

GOLDEN=$ROOT/sql/schema.golden.sql

# schema_dump DATABASE: with owners, privileges and comments; without sqitch's own schema, the audit partitions of
# single months, and what differs from run to run.
schema_dump() {
  PGDATABASE=$1 admin_env pg_dump --schema-only --exclude-schema=sqitch --exclude-table='bo.admin_audit_logs_[0-9]*' |
    grep -vE '^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*|)$'
}

# on DATABASE COMMAND...
on() {
  DATABASE=$1 PGDATABASE=$1 "${@:2}"
}

sqitch_here() {
  (cd "$ROOT/migrations" && admin_env env SQITCH_FULLNAME=ci SQITCH_EMAIL=ci@localhost sqitch "$@" --target db:pg:)
}

fresh() {
  on "$1" migrate
}

install_twice() {
  schema_dump "$1" >"$RUN_DIR/before.sql" && on "$1" migrate && on "$1" admin_psql -f "$ROOT/sql/install.sql" &&
    schema_dump "$1" | diff -u "$RUN_DIR/before.sql" -
}

# Functions and views are no part of the plan: they go with their schemas.
revert_and_deploy() {
  on "$1" sqitch_here revert -y && on "$1" migrate && schema_dump "$1" | diff -u "$RUN_DIR/before.sql" -
}

reverted_leaves_nothing() {
  on "$1" sqitch_here revert -y && schema_dump "$1" >"$RUN_DIR/reverted.sql" && ! grep -E '^CREATE ' "$RUN_DIR/reverted.sql"
}

equals_golden() {
  schema_dump "$1" >"$RUN_DIR/schema.sql"
  [[ -z ${UPDATE_GOLDEN:-} ]] || cp "$RUN_DIR/schema.sql" "$GOLDEN"
  diff -u "$GOLDEN" "$RUN_DIR/schema.sql"
}

"$ROOT/scripts/stack" start postgres
check "a fresh database can be made" fresh tx_lookup
check "the schema is the golden one" equals_golden tx_lookup
check "again changes nothing" install_twice tx_lookup
check "reverted and deployed again it is the same" revert_and_deploy tx_lookup
check "a full revert leaves nothing" reverted_leaves_nothing tx_lookup
[[ -n ${UPDATE_GOLDEN:-} ]] || run_pytest tests/migrations
done_here
