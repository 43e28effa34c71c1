# shellcheck shell=bash disable=SC2034 # constants here are used by who loads it
# RUN_DIR holds one stack: its data, logs, pid files and what is known of it (ports, passwords).
# Two stacks share nothing but the cache of downloads.

RUN_DIR=${RUN_DIR:-$ROOT/.run}
[[ $RUN_DIR == /* ]] || RUN_DIR=$PWD/$RUN_DIR
RUN_DIR=$(realpath -m "$RUN_DIR")
MARKER=$RUN_DIR/.tx-lookup-stack
STATE=$RUN_DIR/.state
DATABASE=tx_lookup
LOCK_WAIT_SEC=600
PARTS=(postgres kafka consumer api)
OPTIONAL_PARTS=(oidc) # run only where they are asked for by name

# open_run_dir: makes the directory if need be; refuses one that holds something else.
open_run_dir() {
  if [[ -d $RUN_DIR && ! -e $MARKER && -n $(ls -A "$RUN_DIR") ]]; then
    die "$RUN_DIR is not empty and not a stack of ours: choose another RUN_DIR."
  fi
  mkdir -p "$RUN_DIR"
  touch "$MARKER" # before anything else: another command may look at the same moment
  mkdir -p "$RUN_DIR/log"
  require_disk "$RUN_DIR"
  (umask 077 && touch "$STATE")
}

# lock_run_dir: one command at a time works on a stack; held until the script ends. Processes must close descriptor 9.
lock_run_dir() {
  while true; do
    exec 9>"$RUN_DIR/.lock"
    flock -n 9 || {
      echo "Another command works on $RUN_DIR: waiting for it." >&2
      flock -w "$LOCK_WAIT_SEC" 9 || die "$RUN_DIR is still in use after $LOCK_WAIT_SEC s."
    }
    # A purge may have removed the file while we waited.
    [[ $RUN_DIR/.lock -ef /dev/fd/9 ]] && return
    open_run_dir
  done
}

# state_get KEY / state_put KEY VALUE: what must outlive a script; no value is printed as nothing.
state_get() {
  sed -n "s/^$1=//p" "$STATE"
}
state_put() {
  local content
  content=$(grep -v "^$1=" "$STATE" || true)
  printf '%s\n' ${content:+"$content"} "$1=$2" >"$STATE.new"
  chmod 600 "$STATE.new"
  mv "$STATE.new" "$STATE"
}
state_forget() {
  sed -i "/^$1=/d" "$STATE"
}

# password_of ROLE: random, made at first use.
password_of() {
  [[ -n $(state_get "password_$1") ]] || state_put "password_$1" "$(random_hex 16)"
  state_get "password_$1"
}

port_free() {
  ! (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# free_port: below the range from which the kernel takes the ports of outgoing connections.
free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 12000))
    port_free "$port" && ! grep -q "_port=$port$" "$STATE" && break
  done
  echo "$port"
}

# allot_port PART VARIABLE USUAL: the port a part gets when it starts. It is the one that the environment asks for, else
# the one it had, else with PREFER_USUAL_PORTS the usual one if free, else any free one.
allot_port() {
  local part=$1 variable=$2 usual=$3 kept port
  kept=$(state_get "${part}_port")
  port=${!variable:-$kept}
  if [[ -n $port ]]; then
    if ! [[ $port =~ ^[0-9]{1,5}$ ]] || ((port == 0 || port > 65535)); then
      die "$variable=$port is not a port."
    fi
    port_free "$port" || die "Port $port of $part is taken by another program: free it, or choose one by $variable."
  elif [[ ${PREFER_USUAL_PORTS:-} ]] && port_free "$usual"; then
    port=$usual
  else
    port=$(free_port)
  fi
  state_put "${part}_port" "$port"
}

# database_url ROLE: libpq URI.
database_url() {
  echo "postgresql://$1:$(password_of "$1")@127.0.0.1:$(state_get postgres_port)/$DATABASE"
}

metrics_url() {
  echo "http://127.0.0.1:$(state_get "$1_metrics_port")/metrics"
}

# write_env: RUN_DIR/env, to be sourced, tells where the parts started so far listen.
write_env() {
  local settings=() # a name, its value
  [[ -z $(state_get kafka_port) ]] || settings+=(KAFKA_BROKERS "127.0.0.1:$(state_get kafka_port)")
  [[ -z $(state_get api_port) ]] || settings+=(
    API_URL "http://127.0.0.1:$(state_get api_port)"
    API_METRICS_URL "$(metrics_url api)"
  )
  [[ -z $(state_get consumer_metrics_port) ]] || settings+=(CONSUMER_METRICS_URL "$(metrics_url consumer)")
  [[ -z $(state_get oidc_port) ]] || settings+=(
    OIDC_ISSUER "$(oidc_issuer)"
    OIDC_CA_FILE "$OIDC_DATA/ca.pem"
    OIDC_CLIENT_SECRET "$(password_of oidc_client)"
  )
  [[ -z $(state_get postgres_port) ]] || settings+=(
    ADMIN_DATABASE_URL "$(database_url postgres)"
    CONSUMER_DATABASE_URL "$(database_url bo_consumer)"
    API_DATABASE_URL "$(database_url bo_admin_api)"
    OPERATOR_DATABASE_URL "$(database_url bo_operator)"
  )
  (umask 077 && printf 'export %s=%q\n' "${settings[@]}" >"$RUN_DIR/env.new")
  mv "$RUN_DIR/env.new" "$RUN_DIR/env"
}

# forget_ports: a stack that was stopped as a whole may come up elsewhere.
forget_ports() {
  state_forget '[a-z_]*_port'
  rm -f "$RUN_DIR/env"
}

# purge_run_dir: removes the stack and all it has elsewhere. Its processes must have ended.
purge_run_dir() {
  [[ -e $MARKER ]] || die "$RUN_DIR is not a stack of ours: nothing is removed."
  postgres_remove_data
  rm -rf "$RUN_DIR"
}
