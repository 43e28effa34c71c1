# shellcheck shell=bash disable=SC2034 # constants here are used by who loads it
# What every script needs: strict mode, messages, timed steps, bounded waiting.
set -euo pipefail
export LC_ALL=C.UTF-8
# A caller's libpq settings must not redirect psql or sqitch to another database.
unset "${!PG@}"

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CACHE_DIR=${XDG_CACHE_HOME:-$HOME/.cache}/tx-lookup-service
FAILURE_LINES=25

# die MESSAGE...: says on stderr what is wrong and ends the script.
die() {
  printf '%s\n' "$@" >&2
  exit 1
}

# seconds_since START: seconds since an earlier $EPOCHREALTIME, with one decimal.
seconds_since() {
  local microseconds=$((${EPOCHREALTIME/./} - ${1/./}))
  printf '%d.%d' $((microseconds / 1000000)) $((microseconds / 100000 % 10))
}

# step TITLE COMMAND...: runs the command with its output in a log of RUN_DIR and prints how long it took.
# A failure shows the end of that log. Not to be called in a condition: bash would ignore errors inside.
step() {
  local title=$1 started=$EPOCHREALTIME log status
  shift
  log=$RUN_DIR/log/step-${title// /-}.log
  printf '==> %s … ' "$title"
  set +e
  (
    set -e
    "$@"
  ) >"$log" 2>&1
  status=$?
  set -e
  if ((status == 0)); then
    printf '%s s\n' "$(seconds_since "$started")"
    return
  fi
  printf 'failed after %s s; the end of %s:\n' "$(seconds_since "$started")" "$log"
  tail -n "$FAILURE_LINES" "$log" | sed 's/^/    /'
  exit "$status"
}

# wait_until SECONDS COMMAND...: polls until the command succeeds; fails when the time is over.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# random_hex BYTES: for passwords; safe in a URL and in SQL.
random_hex() {
  od -An -v -tx1 -N"$1" /dev/urandom | tr -d ' \n'
}
