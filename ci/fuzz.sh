#!/usr/bin/env bash
# Every fuzz target for FUZZ_SECONDS, after the inputs that are kept. scripts/fuzz runs longer.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

for source in fuzz/*.cpp; do
  target=$(basename "$source" .cpp)
  check "fuzz $target" scripts/fuzz --seconds "${FUZZ_SECONDS:-20}" "$target"
done
done_here
