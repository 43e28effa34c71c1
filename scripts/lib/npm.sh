# shellcheck shell=bash
# Packages of the npm registry: those of a lock file, kept once for all checkouts of this user. Nothing of them is run here.

# npm_home FOLDER: where the packages of FOLDER's lock file are.
npm_home() {
  echo "$CACHE_DIR/npm-$(basename "$1")-$(sha256sum "$ROOT/$1/package-lock.json" | cut -c1-12)"
}

# npm_fetch FOLDER: the directory appears when it is complete.
npm_fetch() {
  local home partial
  home=$(npm_home "$1")
  partial=$home.partial
  [[ ! -e $home ]] || return 0
  command -v npm >/dev/null || die "npm is missing: ci/packages.sh and scripts/up install it."
  mkdir -p "$CACHE_DIR"
  (
    flock 8
    [[ ! -e $home ]] || exit 0
    rm -rf "$partial"
    mkdir "$partial"
    cp "$ROOT/$1"/package{,-lock}.json "$partial"
    npm ci --prefix "$partial" --ignore-scripts --legacy-peer-deps --no-audit --no-fund ||
      die "The packages of $1 can't be fetched: no npm registry answers (see above)."
    mv "$partial" "$home"
  ) 8>"$CACHE_DIR/npm.lock"
}
