#!/usr/bin/env bash
# Format, linters, and the rules of ARCHITECTURE.md that a grep can check.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

# SQL in a string, by the words with which a statement starts.
SQL_START='select|with|insert into|update [a-z_."]+ set|delete from|merge into|call|do|copy|truncate|create|alter|drop|grant|revoke|begin|commit'

sources() {
  find src bench fuzz tests -name build -prune -o -type f \( -name '*.cpp' -o -name '*.hpp' \) -print0
}

shell_scripts() {
  grep -rlI --null -m1 -E '^#!.*bash|^# shellcheck shell=bash' scripts ci .ci bench sql src tests
}

clang_format() {
  sources | xargs -0 clang-format --dry-run -Werror
}

shell_check() {
  shell_scripts | xargs -0 -n 4 -P "$(nproc)" shellcheck -x
}

# finds_nothing COMMAND...: a grep that looked and found no line; one that could not look is no proof.
finds_nothing() {
  local status=0
  "$@" || status=$?
  ((status == 1))
}

no_trailing_space() {
  finds_nothing git grep --untracked -nIE '[[:space:]]+$' -- . ':!sql/schema.golden.sql' ':!fuzz/corpus'
}

# none_of PATTERN FILE...: no line of the files has it.
none_of() {
  finds_nothing grep -nPi -- "$@"
}

# The services say no SQL but calls of our functions, and those in one header each.
no_sql_outside_queries() {
  local files
  mapfile -t files < <(find src -name '*.[ch]pp' ! -name '*_test.cpp' ! -name queries.hpp)
  none_of "(\"|R\"[a-z]*\\()\\s*($SQL_START)\\b(?! *\")" "${files[@]}"
}

queries_only_call_functions() {
  local files
  mapfile -t files < <(find src -name queries.hpp)
  ((${#files[@]})) || die "no queries.hpp"
  none_of '"[^"]*\b(insert|update|delete|where|join|union|order by|group by|into|values)\b' "${files[@]}" &&
    none_of '\bfrom +[a-z_.]+(?![a-z_.(])' "${files[@]}"
}

# only_in HEADER FILE...: no other file under src includes a header of that library.
only_in() {
  local header=$1 allowed users
  shift
  allowed=$(printf '%s\n' "$@")
  users=$(grep -rlE "#include [<\"]$header" src) || die "nobody includes $header"
  finds_nothing grep -vxE "$allowed" <<<"$users"
}

settings_are_documented() {
  local names name undocumented=0
  names=$(grep -ohE '"[A-Z]+(_[A-Z]+)+"' src/{api,common,ingest}/config.cpp src/common/{database,management}.cpp | tr -d '"' |
    grep -vE '^(SASL_|PLAINTEXT)' | sort -u) || die "the settings are not found"
  while read -r name; do
    if ! grep -qE "^(# )?$name=" configs/env.example || ! grep -qF "\`$name\`" configs/README.md; then
      echo "$name"
      undocumented=1
    fi
  done <<<"$names"
  ((undocumented == 0))
}

check "clang-format" clang_format
check "shellcheck" shell_check
check "no trailing white space" no_trailing_space
check "sqlfluff" "$LINTERS/bin/sqlfluff" lint -p 1 migrations sql
check "squawk" "$LINTERS/bin/squawk" migrations/deploy/*.sql
check "no SQL outside of queries.hpp" no_sql_outside_queries
check "queries.hpp only calls functions" queries_only_call_functions
check "Pistache in one place" only_in pistache/ 'src/common/http(_test)?\.[ch]pp'
check "librdkafka at the consumer's edge" only_in librdkafka/ 'src/ingest/kafka\.[ch]pp'
check "libpqxx at the edges of the database" only_in pqxx/ 'src/common/(database|pool|session)[a-z_]*\.[ch]pp' \
  'src/api/(lookup|monitor|audit/audit_log)\.[ch]pp' 'src/ingest/(store|repair/pair_store|dead_letters/dead_letter_store)\.[ch]pp'
check "cpp-jwt's one function in one place" only_in jwt/ 'src/api/auth/signature\.cpp'
check "libcurl in one place" only_in curl/ 'src/api/auth/https\.cpp'
check "promtool" promtool test rules tests/alerts_test.yaml
check "every setting is in configs/env.example and configs/README.md" settings_are_documented
done_here
