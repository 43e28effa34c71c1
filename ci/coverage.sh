#!/usr/bin/env bash
# Line coverage of src by the unit tests and the black-box tests together (ci/blackbox.sh runs before).
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

MINIMUM_LINE_PERCENT=80

check "the unit tests of the instrumented build" build/ci/unit_tests --gtest_brief=1
gcovr --root . --filter src/ --exclude '.*_test\.cpp' --object-directory build/ci --sort-percentage build/ci
check "at least $MINIMUM_LINE_PERCENT % of lines" gcovr --root . --filter src/ --exclude '.*_test\.cpp' \
  --object-directory build/ci --fail-under-line "$MINIMUM_LINE_PERCENT" --output "$RUN_DIR/coverage.txt" build/ci
done_here
