# shellcheck shell=bash
# All libraries, in the order in which they build on each other.
SCRIPTS_LIB=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=scripts/lib/common.sh
. "$SCRIPTS_LIB/common.sh"
# shellcheck source=scripts/lib/packages.sh
. "$SCRIPTS_LIB/packages.sh"
# shellcheck source=scripts/lib/run_dir.sh
. "$SCRIPTS_LIB/run_dir.sh"
# shellcheck source=scripts/lib/processes.sh
. "$SCRIPTS_LIB/processes.sh"
# shellcheck source=scripts/lib/postgres.sh
. "$SCRIPTS_LIB/postgres.sh"
# shellcheck source=scripts/lib/kafka.sh
. "$SCRIPTS_LIB/kafka.sh"
# shellcheck source=scripts/lib/npm.sh
. "$SCRIPTS_LIB/npm.sh"
# shellcheck source=scripts/lib/oidc.sh
. "$SCRIPTS_LIB/oidc.sh"
# shellcheck source=scripts/lib/services.sh
. "$SCRIPTS_LIB/services.sh"
