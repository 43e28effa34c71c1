# shellcheck shell=bash
# What the build makes /docs and /redoc of: packages of the npm registry, of which nothing is run.

# pages_home: where they are, once for all checkouts of this user.
pages_home() {
  echo "$CACHE_DIR/pages-$(sha256sum "$ROOT/src/api/pages/package-lock.json" | cut -c1-12)"
}

# pages_fetch: those of the lock file; the directory appears when it is complete.
pages_fetch() {
  local home partial
  home=$(pages_home)
  partial=$home.partial
  [[ ! -e $home ]] || return 0
  command -v npm >/dev/null || die "npm is missing: ci/packages.sh and scripts/up install it."
  mkdir -p "$CACHE_DIR"
  (
    flock 8
    [[ ! -e $home ]] || exit 0
    rm -rf "$partial"
    mkdir "$partial"
    cp "$ROOT"/src/api/pages/package{,-lock}.json "$partial"
    npm ci --prefix "$partial" --ignore-scripts --legacy-peer-deps --no-audit --no-fund ||
      die "The packages of src/api/pages can't be fetched: no npm registry answers (see above)."
    mv "$partial" "$home"
  ) 8>"$CACHE_DIR/pages.lock"
}
