#!/usr/bin/env bash
# Everything that the other steps need: Debian packages, the broker's jars, the packages of the pages and of the tests'
# OpenID issuer, linters.
# shellcheck source=ci/lib.sh
. "$(dirname "$0")/lib.sh"

install_linters() {
  [[ ! -e $LINTERS/.complete ]] || return 0
  rm -rf "$LINTERS"
  /usr/bin/python3 -m venv "$LINTERS"
  "$LINTERS/bin/pip" install -q --disable-pip-version-check -r "$ROOT/ci/requirements.txt" ||
    die "The linters of ci/requirements.txt can't be installed: no Python package index answers (see above)."
  touch "$LINTERS/.complete"
}

install_packages "${RUN_PACKAGES[@]}" "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
install_npm
count 1 0
kafka_fetch
count 1 0
oidc_fetch
count 1 0
npm_fetch src/api/pages
count 1 0
install_linters
count 1 0
done_here
