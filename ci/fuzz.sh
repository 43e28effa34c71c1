#!/usr/bin/env bash
# Every fuzz target for FUZZ_SECONDS, after the inputs that are kept. The seed is fixed, so that a change is judged by what it
# changes; scripts/fuzz looks elsewhere each time, and longer.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

for source in fuzz/*.cpp; do
  target=$(basename "$source" .cpp)
  check "fuzz $target" scripts/fuzz --seconds "${FUZZ_SECONDS:-20}" --seed 1 "$target"
done
done_here
