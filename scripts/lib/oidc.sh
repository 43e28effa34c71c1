# shellcheck shell=bash
# A private OpenID issuer (tests/oidc), for the tests and for scripts/token. It speaks https with a certificate of an authority
# of its own, and it runs only in a stack that was asked for it.

OIDC_DATA=$RUN_DIR/oidc
OIDC_START_SEC=30
OIDC_CERTIFICATE_DAYS=30
OIDC_AUDIENCE=urn:bo-admin-api

# oidc_fetch: node and openssl where they are missing, and the packages of the issuer.
oidc_fetch() {
  command -v openssl >/dev/null || install_packages openssl
  install_npm
  npm_fetch tests/oidc
}

oidc_issuer() {
  echo "https://127.0.0.1:$(state_get oidc_port)"
}

# self_signed NAME OPTION...: a key and a certificate in OIDC_DATA.
self_signed() {
  local name=$1
  shift
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days "$OIDC_CERTIFICATE_DAYS" -subj "/CN=$name" \
    -keyout "$OIDC_DATA/$name.key" -out "$OIDC_DATA/$name.pem" "$@"
}

oidc_certificates() {
  openssl x509 -checkend 86400 -noout -in "$OIDC_DATA/issuer.pem" >/dev/null 2>&1 && return
  (
    umask 077
    self_signed ca
    self_signed issuer -CA "$OIDC_DATA/ca.pem" -CAkey "$OIDC_DATA/ca.key" -addext subjectAltName=IP:127.0.0.1
  ) >>"$RUN_DIR/log/oidc.log" 2>&1 || die "The certificates of the issuer can't be made; see $RUN_DIR/log/oidc.log"
}

oidc_answers() {
  curl -fsS -m 5 --cacert "$OIDC_DATA/ca.pem" "$(oidc_issuer)/.well-known/openid-configuration"
}

oidc_start() {
  alive oidc && return
  oidc_fetch
  mkdir -p "$OIDC_DATA"
  allot_port oidc OIDC_PORT 9443
  oidc_certificates
  # Node looks for packages beside the file that asks for them.
  cp "$ROOT/tests/oidc/issuer.mjs" "$OIDC_DATA"
  ln -sfn "$(npm_home tests/oidc)/node_modules" "$OIDC_DATA/node_modules"
  launch oidc env ISSUER="$(oidc_issuer)" CLIENT_SECRET="$(password_of oidc_client)" TOKEN_TTL_SEC="${OIDC_TOKEN_TTL_SEC:-3600}" \
    KEYS_FILE="$OIDC_DATA/keys.json" TLS_CERT="$OIDC_DATA/issuer.pem" TLS_KEY="$OIDC_DATA/issuer.key" \
    node "$OIDC_DATA/issuer.mjs"
  wait_for oidc "$OIDC_START_SEC" oidc_answers
}

oidc_stop() {
  stop_process oidc TERM
}

# oidc_token ROLE...: a bearer token with these roles.
oidc_token() {
  curl -fsS -m 5 --cacert "$OIDC_DATA/ca.pem" -u "admin:$(password_of oidc_client)" "$(oidc_issuer)/token" \
    -d grant_type=client_credentials -d "resource=$OIDC_AUDIENCE" --data-urlencode "scope=$*" | jq -er .access_token
}
