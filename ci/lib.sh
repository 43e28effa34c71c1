# shellcheck shell=bash disable=SC2034 # constants here are used by the steps
# For the steps of scripts/test. A step counts what it checked; at its end the counts go to CI_RESULT, when set.
# Its stack, if it starts one, is its own and gone at its end.
export RUN_DIR
RUN_DIR=$(mktemp -d "${TMPDIR:-/tmp}/tx-lookup-ci-XXXXXX")
# shellcheck source=scripts/lib/load.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib/load.sh"

CI_PASSED=0
CI_FAILED=0
LINTERS=$CACHE_DIR/linters-$(sha256sum "$ROOT/ci/requirements.txt" | cut -c1-12)
export SCHEMATHESIS=$LINTERS/bin/schemathesis

# count PASSED FAILED: adds to the counts of this step.
count() {
  CI_PASSED=$((CI_PASSED + $1))
  CI_FAILED=$((CI_FAILED + $2))
}

# check TITLE COMMAND...: one check, its output shown when it fails. Errors inside a function given here end it only where
# it says so.
check() {
  local title=$1 output
  shift
  if output=$("$@" 2>&1); then
    count 1 0
    echo "ok      $title"
  else
    count 0 1
    printf 'FAILED  %s\n%s\n' "$title" "$output"
  fi
}

# count_junit FILE: the totals of a JUnit report, GoogleTest's or pytest's. A run that left none has failed.
count_junit() {
  local totals
  if totals=$(/usr/bin/python3 - "$1" <<'PYTHON'
import sys
import xml.etree.ElementTree as tree

root = tree.parse(sys.argv[1]).getroot()
suites = [root] if "tests" in root.attrib else root.findall("testsuite")
total, bad, skipped = (
    sum(int(suite.get(name, 0)) for suite in suites for name in names)
    for names in (["tests"], ["failures", "errors"], ["skipped", "disabled"])
)
print(total - bad - skipped, bad)
PYTHON
  ); then
    # shellcheck disable=SC2086 # two numbers
    count $totals
  else
    echo "No test report: $1"
    count 0 1
  fi
}

# run_pytest ARGUMENT...: counts what pytest finds; its directories, and with them the stacks of the tests, lie in RUN_DIR.
run_pytest() {
  local status=0
  (cd "$ROOT" && PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 -m pytest -p no:cacheprovider \
    --basetemp="$RUN_DIR/pytest" --junitxml="$RUN_DIR/pytest.xml" "$@") || status=$?
  count_junit "$RUN_DIR/pytest.xml"
  # Failed tests are counted there; anything else is a run that did not do its work, one without tests too.
  ((status <= 1)) || count 0 1
}

# purge_stacks: every stack in RUN_DIR, also of tests that were cut short.
purge_stacks() {
  local marker
  while read -r marker; do
    RUN_DIR=${marker%/*} "$ROOT/scripts/stack" purge
  done < <(find "$RUN_DIR" -name "${MARKER##*/}" -type f 2>/dev/null | sort -r)
}

# finish: runs when the step exits. A step that ended early has failed, even if all that it counted passed.
finish() {
  local status=$?
  trap - EXIT
  if [[ ${CI_STEP_DONE:-} == '' ]]; then
    count 0 1
    echo "FAILED  ${0##*/} ended early (status $status)"
  fi
  purge_stacks || count 0 1
  rm -rf "$RUN_DIR"
  if [[ -n ${CI_RESULT:-} ]]; then
    echo "$CI_PASSED $CI_FAILED" >"$CI_RESULT"
  fi
  ((CI_FAILED == 0 && CI_PASSED > 0))
  exit
}
trap finish EXIT
trap 'exit 130' INT TERM

# done_here: the last line of every step.
done_here() {
  CI_STEP_DONE=yes
}
