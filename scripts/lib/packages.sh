# shellcheck shell=bash disable=SC2034 # constants here are used by who loads it
# Debian packages: installs what is missing, and says clearly why it can't.

MINIMUM_FREE_DISK_MB=${MINIMUM_FREE_DISK_MB:-3000}

RUN_PACKAGES=(
  ca-certificates curl jq kcat maven openjdk-17-jre-headless
  postgresql-15 postgresql-client-15 sqitch libdbd-pg-perl
)
BUILD_PACKAGES=(
  g++ cmake ninja-build ccache pkg-config
  libpqxx-dev libpistache-dev rapidjson-dev libspdlog-dev prometheus-cpp-dev librdkafka-dev libcli11-dev libssl-dev libyaml-cpp-dev
  libcurl4-openssl-dev libcpp-jwt-dev
  libzstd-dev zlib1g-dev python3 python3-yaml
  libgtest-dev libgmock-dev
)
FUZZ_PACKAGES=(clang libclang-rt-14-dev)
TEST_PACKAGES=(
  "${FUZZ_PACKAGES[@]}"
  clang-format clang-tidy clang-tools shellcheck gcovr git nginx openssl prometheus
  postgresql-15-pgtap postgresql-15-plpgsql-check libtap-parser-sourcehandler-pgtap-perl
  python3 python3-venv python3-pytest python3-psycopg python3-confluent-kafka python3-requests python3-jsonschema zstd
  chromium chromium-driver python3-selenium fonts-dejavu-core
)

# require_debian_12: the packages and their versions are those of Debian 12; elsewhere containers are the way.
require_debian_12() {
  local system=unknown
  [[ -r /etc/os-release ]] && system=$(. /etc/os-release && echo "${ID:-unknown} ${VERSION_ID:-}")
  [[ $system == 'debian 12' ]] && command -v apt-get dpkg-query >/dev/null && return
  die "This system ($system) is not supported: the packages of Debian 12 are needed." \
    "With Docker, 'docker compose up --build' runs the same stack on any system (compose.yaml)."
}

# require_disk DIRECTORY: fails when the file system that holds it has too little room.
require_disk() {
  local free_mb
  free_mb=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
  ((free_mb >= MINIMUM_FREE_DISK_MB)) ||
    die "Not enough disk: $1 has $free_mb MB free, $MINIMUM_FREE_DISK_MB MB are needed (MINIMUM_FREE_DISK_MB)."
}

# missing_packages NAME...: those that are not installed, one a line.
missing_packages() {
  local name
  for name in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || echo "$name"
  done
}

# install_npm: a node of another source brings npm along and would conflict with Debian's.
install_npm() {
  command -v npm >/dev/null || install_packages nodejs npm
}

# as_root COMMAND...: asks for sudo only when it is needed.
as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    command -v sudo >/dev/null || die "Packages are missing and neither root nor sudo is at hand. As root: apt-get install ${missing[*]}"
    sudo "$@"
  fi
}

# apt_get ARGUMENT...: without questions; waits for another apt instead of failing.
apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
}

# install_packages NAME...: installs those that are missing.
install_packages() {
  local missing no_cluster=/etc/postgresql-common/createcluster.d/tx-lookup-service.conf no_start=/usr/sbin/policy-rc.d
  require_debian_12
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  require_disk /usr
  echo "missing: ${missing[*]}"
  apt_get update || die "The package lists can't be fetched: no package source answers (apt-get update failed, see above)."
  # Debian would start a cluster on port 5432 and nginx on port 80 that nobody asked for: ours are private.
  as_root mkdir -p "${no_cluster%/*}"
  as_root sh -c "echo 'create_main_cluster = false' >$no_cluster"
  if [[ -e $no_start ]]; then
    no_start='' # the machine has a policy of its own
  else
    as_root sh -c "printf '#!/bin/sh\nexit 101\n' >$no_start && chmod +x $no_start"
  fi
  apt_get install --no-install-recommends "${missing[@]}" || {
    as_root rm -f "$no_cluster" ${no_start:+"$no_start"}
    die "The packages can't be installed (apt-get install failed, see above): ${missing[*]}"
  }
  as_root rm -f "$no_cluster" ${no_start:+"$no_start"}
}
