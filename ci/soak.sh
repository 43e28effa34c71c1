#!/usr/bin/env bash
# A short soak with a fixed seed: scripts/soak runs longer ones. SOAK_MINUTES and SOAK_SEEDS choose.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"

build_preset ci
export BUILD_DIR=$ROOT/build/ci
for seed in ${SOAK_SEEDS:-1}; do
  check "soak of ${SOAK_MINUTES:-1} minutes, seed $seed" "$ROOT/scripts/soak" --minutes "${SOAK_MINUTES:-1}" --seed "$seed"
done
done_here
