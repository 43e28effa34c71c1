# shellcheck shell=bash
# Brings the database of the private cluster to the state of this checkout. Safe to run again.

# Who deploys, in sqitch's registry; it refuses to work where the account has no full name.
export SQITCH_FULLNAME=${SQITCH_FULLNAME:-tx-lookup-service} SQITCH_EMAIL=${SQITCH_EMAIL:-tx-lookup-service@localhost}

SERVICE_ROLES=(bo_consumer bo_admin_api bo_operator)

migrate() {
  admin_psql -1 -f "$ROOT/sql/roles.sql"
  set_role_passwords
  (cd "$ROOT/migrations" && admin_env sqitch deploy --target db:pg: --mode change --verify)
  admin_psql -f "$ROOT/sql/install.sql"
}

# The passwords go through standard input: arguments would show in the process list.
set_role_passwords() {
  local role
  for role in "${SERVICE_ROLES[@]}"; do
    echo "alter role $role password '$(password_of "$role")';"
  done | admin_psql
}
