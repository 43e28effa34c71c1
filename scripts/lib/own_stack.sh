# shellcheck shell=bash
# For scripts that work on a private stack which lives for their run only: a stack of the caller must not be touched.
RUN_DIR=$(mktemp -d "${TMPDIR:-/tmp}/tx-lookup-XXXXXX")
export RUN_DIR PYTHONDONTWRITEBYTECODE=1
# shellcheck source=scripts/lib/load.sh
. "$(dirname "${BASH_SOURCE[0]}")/load.sh"
export BUILD_DIR

remove_own_stack() {
  if [[ -e $MARKER ]]; then
    "$ROOT/scripts/stack" purge
  else
    rm -rf "$RUN_DIR"
  fi
}
trap remove_own_stack EXIT
trap 'exit 130' INT TERM

# prepare_unless_help PACKAGES -- ARGUMENTS...: installs the packages and builds what is to be run, unless only help is asked for.
prepare_unless_help() {
  local packages=()
  while [[ $1 != -- ]]; do
    packages+=("$1")
    shift
  done
  [[ " $* " != *' --help '* && " $* " != *' -h '* ]] || return 0
  install_packages "${RUN_PACKAGES[@]}" "${BUILD_PACKAGES[@]}" "${packages[@]}"
  [[ $BUILD_DIR != "$ROOT/build/release" ]] || build_preset release bo-sync-consumer bo-admin-api
}
