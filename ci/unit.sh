#!/usr/bin/env bash
# The unit tests, under ASan and UBSan, then under ThreadSanitizer. PRESETS chooses.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"

export ASAN_OPTIONS=detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
report=$RUN_DIR/unit.xml

for preset in ${PRESETS:-dev tsan}; do
  echo "unit tests, $preset"
  build_preset "$preset" unit_tests
  rm -f "$report"
  (cd "$ROOT" && "build/$preset/unit_tests" --gtest_brief=1 --gtest_output="xml:$report") || true
  count_junit "$report"
done
done_here
