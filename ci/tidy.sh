#!/usr/bin/env bash
# clang-tidy over src, by the compile commands of the dev build.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

TIDY_MAX_SEC=${TIDY_MAX_SEC:-1200}

clang_tidy() {
  timeout "$TIDY_MAX_SEC" run-clang-tidy -quiet -j "$(nproc)" -p build/dev "^$ROOT/src/(?!.*_test\\.cpp)"
}

check "clang-tidy" clang_tidy
done_here
