#!/usr/bin/env bash
# ci: with coverage, what the black-box tests run; dev: ASan and UBSan, tsan: ThreadSanitizer, for the unit tests.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"

for preset in ci dev tsan; do
  started=$EPOCHREALTIME
  if [[ $preset == ci ]]; then
    build_preset "$preset"
  else
    build_preset "$preset" unit_tests
  fi
  count 1 0
  echo "$preset: $(seconds_since "$started") s"
done
done_here
