#!/usr/bin/env bash
# The unit tests, under ASan and UBSan, then under ThreadSanitizer. PRESETS chooses.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"

export ASAN_OPTIONS=detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=suppressions=$ROOT/ci/tsan_suppressions.txt
report=$RUN_DIR/unit.xml

for preset in ${PRESETS:-dev tsan}; do
  echo "unit tests, $preset"
  build_preset "$preset" unit_tests
  rm -f "$report"
  status=0
  (cd "$ROOT" && "build/$preset/unit_tests" --gtest_brief=1 --gtest_output="xml:$report") || status=$?
  count_junit "$report"
  # 1 is what a failed test leaves, which the report tells; ThreadSanitizer goes on after a race, and leaves 66.
  ((status <= 1)) || count 0 1
done
done_here
