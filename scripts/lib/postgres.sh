# shellcheck shell=bash
# A private PostgreSQL 15 cluster: TCP on 127.0.0.1 only, durable commits, passwords for every role.

POSTGRES_BIN=/usr/lib/postgresql/15/bin
POSTGRES_START_SEC=60
POSTGRES_DATA=$RUN_DIR/postgres

# PostgreSQL refuses to run as root: then it runs as the user that its package made.
POSTGRES_AS=()
((EUID != 0)) || POSTGRES_AS=(env -C / setpriv --reuid=postgres --regid=postgres --init-groups --)

# postgres_make_data: an empty directory that the server's user owns and reaches. Under a path that only root may enter
# (/root, mktemp -d) it lies in that user's home, and RUN_DIR/postgres is a link to it.
postgres_make_data() {
  local home
  postgres_remove_data
  if ((EUID == 0)) && ! "${POSTGRES_AS[@]}" test -x "$RUN_DIR"; then
    home=$(getent passwd postgres | cut -d: -f6)
    ln -s "$("${POSTGRES_AS[@]}" mktemp -d "$home/tx-lookup-XXXXXXXX")" "$POSTGRES_DATA"
  else
    mkdir -m 700 "$POSTGRES_DATA"
    ((EUID != 0)) || chown postgres: "$POSTGRES_DATA"
  fi
}

postgres_remove_data() {
  if [[ -L $POSTGRES_DATA ]]; then
    rm -rf "$(readlink "$POSTGRES_DATA")"
  fi
  rm -rf "$POSTGRES_DATA"
}

postgres_settings() {
  cat <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_lock_waits = on
fsync = on
synchronous_commit = on
full_page_writes = on
shared_buffers = '256MB'
max_wal_size = '4GB'
min_wal_size = '512MB'
checkpoint_timeout = '15min'
checkpoint_completion_target = 0.9
wal_compression = 'lz4'
jit = off
SETTINGS
}

# postgres_init: the cluster is ready when the state says so; what an interrupted run left is made anew.
postgres_init() {
  local data
  [[ -z $(state_get postgres_ready) ]] || return 0
  postgres_make_data
  data=$(realpath "$POSTGRES_DATA")
  # initdb reopens its standard input as the server's user, so the pipe must be one that this user made.
  # shellcheck disable=SC2016 # $0 and $1 are that shell's
  password_of postgres | "${POSTGRES_AS[@]}" sh -c \
    'cat | "$0" -D "$1" -U postgres -E UTF8 --locale=C.UTF-8 --auth=scram-sha-256 --pwfile=/dev/stdin' "$POSTGRES_BIN/initdb" "$data" \
    >>"$RUN_DIR/log/postgres.log" 2>&1 ||
    die "initdb failed; see $RUN_DIR/log/postgres.log"
  postgres_settings | "${POSTGRES_AS[@]}" tee -a "$data/postgresql.conf" >/dev/null
  state_put postgres_ready yes
}

# No process works in the data directory. After a crash the orphans of a killed server do for a moment.
postgres_unused() {
  local link data
  data=$(realpath "$POSTGRES_DATA")
  for link in /proc/[0-9]*/cwd; do
    [[ $(readlink "$link" 2>/dev/null) != "$data" ]] || return 1
  done
}

# admin_env COMMAND...: runs it as the superuser of the private cluster, on our database unless PGDATABASE says otherwise.
admin_env() {
  PGHOST=127.0.0.1 PGPORT=$(state_get postgres_port) PGUSER=postgres PGPASSWORD=$(password_of postgres) \
    PGDATABASE=${PGDATABASE:-$DATABASE} PGCONNECT_TIMEOUT=5 "$@"
}

admin_psql() {
  admin_env psql -X -q -v ON_ERROR_STOP=1 "$@"
}

postgres_answers() {
  PGDATABASE=postgres admin_psql -c 'select 1'
}

postgres_start() {
  alive postgres && return
  postgres_init
  allot_port postgres POSTGRES_PORT 15432
  wait_until "$STOP_WAIT_SEC" postgres_unused || die "Processes of a killed PostgreSQL still use $POSTGRES_DATA."
  # A lock left by a crash names a process that may linger as a zombie, which PostgreSQL takes for a living server.
  rm -f "$POSTGRES_DATA/postmaster.pid"
  launch postgres "${POSTGRES_AS[@]}" "$POSTGRES_BIN/postgres" -D "$(realpath "$POSTGRES_DATA")" -p "$(state_get postgres_port)"
  wait_for postgres "$POSTGRES_START_SEC" postgres_answers
  postgres_database
}

postgres_database() {
  PGDATABASE=postgres admin_psql -At -c "select 1 from pg_database where datname = '$DATABASE'" | grep -q 1 ||
    PGDATABASE=postgres admin_psql -c "create database $DATABASE"
}

# migrate: brings the database to the state of this checkout; the roles get the passwords of this stack.
migrate() {
  BO_CONSUMER_PASSWORD=$(password_of bo_consumer) BO_ADMIN_API_PASSWORD=$(password_of bo_admin_api) \
    BO_OPERATOR_PASSWORD=$(password_of bo_operator) admin_env "$ROOT/scripts/migrate"
}

# Fast shutdown: SIGTERM would wait for every client to leave.
postgres_stop() {
  stop_process postgres INT
}
