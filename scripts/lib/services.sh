# shellcheck shell=bash
# The two services, run from BUILD_DIR. Settings of the caller's environment reach them, save those that tie the stack together.

BUILD_DIR=${BUILD_DIR:-$ROOT/build/release}
[[ $BUILD_DIR == /* ]] || BUILD_DIR=$PWD/$BUILD_DIR
SERVICE_START_SEC=30
SERVICE_READY_SEC=60

# metrics_page PART PAGE: livez, readyz or metrics of a service.
metrics_page() {
  curl -fsS -m 5 "http://127.0.0.1:$(state_get "$1_metrics_port")/$2"
}

# require_binary PATH
require_binary() {
  [[ -x $1 ]] || die "$1 is missing: build it first (cmake --preset release && cmake --build --preset release), or set BUILD_DIR."
}

# A static member has its partitions again as soon as it is back, be it from a crash of its own or from a long outage of the
# broker. Those of a consumer that stays away are others' once its session is over: on one machine that need not be long.
consumer_start() {
  local binary=$BUILD_DIR/src/ingest/bo-sync-consumer
  alive consumer && return
  require_binary "$binary"
  allot_port consumer_metrics METRICS_PORT 9108
  launch consumer env DATABASE_URL="$(database_url bo_consumer)" KAFKA_BROKERS="$(kafka_brokers)" \
    KAFKA_GROUP_INSTANCE_ID="${KAFKA_GROUP_INSTANCE_ID-stack}" KAFKA_SESSION_TIMEOUT_MS="${KAFKA_SESSION_TIMEOUT_MS:-6000}" \
    DLQ_BACKEND="${DLQ_BACKEND:-db}" \
    METRICS_HOST=127.0.0.1 METRICS_PORT="$(state_get consumer_metrics_port)" "$binary" consume
  wait_for consumer "$SERVICE_START_SEC" metrics_page consumer livez
}

# With AUTH_MODE=oidc it takes the tokens of the stack's own issuer, unless the environment names another.
api_start() {
  local binary=$BUILD_DIR/src/api/bo-admin-api auth_mode=${AUTH_MODE:-disabled} settings=()
  alive api && return
  require_binary "$binary"
  if [[ $auth_mode == oidc && -z ${AUTH_ISSUER:-} ]]; then
    [[ -e $OIDC_DATA/ca.pem ]] || die "AUTH_MODE=oidc needs AUTH_ISSUER, or the issuer of the stack: scripts/stack start oidc"
    settings=(AUTH_ISSUER="$(oidc_issuer)" AUTH_AUDIENCE="$OIDC_AUDIENCE" AUTH_CA_FILE="$OIDC_DATA/ca.pem")
  fi
  allot_port api API_PORT 8000
  allot_port api_metrics API_METRICS_PORT 9109
  launch api env DATABASE_URL="$(database_url bo_admin_api)" API_HOST=127.0.0.1 API_PORT="$(state_get api_port)" \
    METRICS_HOST=127.0.0.1 API_METRICS_PORT="$(state_get api_metrics_port)" AUTH_MODE="$auth_mode" "${settings[@]}" "$binary"
  state_put api_auth_mode "$auth_mode"
  wait_for api "$SERVICE_START_SEC" metrics_page api livez
}

# api_get PATH: an answer of the API, with a token of the stack's issuer where it asks for one.
api_get() {
  local authorization=()
  [[ $(state_get api_auth_mode) != oidc ]] || authorization=(-H "Authorization: Bearer $(oidc_token ADMIN_READ)")
  curl -fsS -m 5 "${authorization[@]}" "http://127.0.0.1:$(state_get api_port)$1"
}

consumer_stop() {
  stop_process consumer TERM
}

api_stop() {
  stop_process api TERM
}

# part_ready PART: waits until it can do its work.
part_ready() {
  case $1 in
    postgres) wait_for postgres "$POSTGRES_START_SEC" postgres_answers ;;
    kafka) wait_for kafka "$KAFKA_START_SEC" kafka_answers ;;
    oidc) wait_for oidc "$OIDC_START_SEC" oidc_answers ;;
    *) wait_for "$1" "$SERVICE_READY_SEC" metrics_page "$1" readyz ;;
  esac
}

# start_part PART: starts it if it does not run, waits until it answers, and tells so in RUN_DIR/env.
start_part() {
  "$1_start"
  write_env
}

# stop_parts PART...: the other way round than they were given.
stop_parts() {
  local index
  for ((index = $#; index > 0; index--)); do
    "${!index}_stop"
  done
}

# build_preset PRESET [TARGET...]: configures and builds into build/PRESET.
build_preset() {
  local preset=$1
  shift
  (
    cd "$ROOT" || exit
    cmake --preset "$preset"
    cmake --build --preset "$preset" ${1:+--target "$@"}
  )
}
