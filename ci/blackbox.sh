#!/usr/bin/env bash
# The black-box tests: processes of BUILD_DIR (default build/ci) with real Kafka and real PostgreSQL.
# Arguments go to pytest.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

export BUILD_DIR=$ROOT/build/ci
export PYTHONDONTWRITEBYTECODE=1
[[ -x $BUILD_DIR/src/ingest/bo-sync-consumer ]] || build_preset ci

# What an earlier run executed is not this run's coverage.
find "$BUILD_DIR" -name '*.gcda' -delete
/usr/bin/python3 -m pytest -p no:cacheprovider --basetemp="$RUN_DIR/pytest" --junitxml="$RUN_DIR/pytest.xml" "${@:-tests}" || true
count_junit "$RUN_DIR/pytest.xml"
done_here
