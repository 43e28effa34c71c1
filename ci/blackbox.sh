#!/usr/bin/env bash
# The black-box tests: processes of BUILD_DIR (default build/ci) with real Kafka and real PostgreSQL.
# Arguments go to pytest.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

export BUILD_DIR=$ROOT/build/ci
build_preset ci

# What an earlier run executed is not this run's coverage.
find "$BUILD_DIR" -name '*.gcda' -delete
(($#)) || set -- tests --ignore=tests/migrations
run_pytest "$@"
done_here
