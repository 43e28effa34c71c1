"""One private stack, driven through scripts/stack, and what its processes cost."""

import os
import shlex
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("consumer", "postgres", "kafka", "api")
TICKS_PER_SEC = os.sysconf("SC_CLK_TCK")
TABLES = ("ledger_entries", "payment_orders", "payment_ledger_pairs", "consumer_dlq_events")
GROUP_TIMEOUT_SEC = 60


class Stack:
    """RUN_DIR in the environment says which; scripts/bench makes and removes it."""

    def __init__(self):
        self.run_dir = Path(os.environ["RUN_DIR"])
        self.groups = 0

    @property
    def group(self):
        """That of the last consumer."""
        return f"bench-{self.groups}"

    def command(self, *arguments, **settings):
        """Runs scripts/stack; settings reach the services that it starts."""
        done = subprocess.run([ROOT / "scripts/stack", *arguments], env={**os.environ, **settings},
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"scripts/stack {' '.join(arguments)}: {done.stderr.strip()}")

    def up(self):
        self.command("start", "postgres", "kafka")
        self.command("migrate")
        self.connect()
        self.brokers = self.address("KAFKA_BROKERS")

    @contextmanager
    def without(self, part):
        """A part that is not needed for a while takes nothing of the machine."""
        self.command("stop", part)
        try:
            yield
        finally:
            self.command("start", part)

    def connect(self):
        self.db = psycopg.connect(self.address("ADMIN_DATABASE_URL"), autocommit=True)

    def address(self, name):
        lines = (self.run_dir / "env").read_text().splitlines()
        return dict(shlex.split(line)[1].split("=", 1) for line in lines)[name]

    def query(self, sql, *parameters):
        return self.db.execute(sql, parameters).fetchone()

    def empty_tables(self):
        self.db.execute("truncate " + ", ".join(f"bo.{table}" for table in TABLES))

    def settle(self):
        """Does what the server would do in the background because of the part before, which is not to be measured here."""
        self.db.execute("vacuum analyze " + ", ".join(f"bo.{table}" for table in TABLES))
        self.db.execute("checkpoint")

    def forget_former_groups(self):
        """Every lookup reads the progress of all groups: a system has one or two, not one for each part of a benchmark."""
        self.db.execute("delete from bo.consumer_progress where group_id <> %s", (self.group,))

    def rows_written(self):
        """Inserts, updates and deletes of the tables; complete once the writers have disconnected."""
        return self.query("select sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del) from pg_stat_user_tables"
                          " where schemaname = 'bo' and relname = any(%s)", list(TABLES))

    def wal_position(self):
        return self.query("select pg_current_wal_lsn() - '0/0'")[0]

    def applied(self, group):
        return int(self.query("select coalesce(sum(next_offset), 0) from bo.consumer_progress where group_id = %s",
                              group)[0])

    @contextmanager
    def consumer(self, topics, workers=1, **settings):
        """A consumer of a new group, as soon as every worker has its partitions and before any has read a record: they
        begin by reading the progress table, which is locked until then. So no time of joining is measured."""
        self.groups += 1
        settings = {"KAFKA_GROUP_ID": self.group, "CONSUMER_WORKERS": str(workers), "RETRY_BACKOFF_MAX_MS": "100",
                    **topics.settings(), **settings}
        with psycopg.connect(self.address("ADMIN_DATABASE_URL")) as gate:
            gate.execute("lock table bo.consumer_progress in access exclusive mode")
            self.command("start", "consumer", **settings)
            self._wait_for_members(self.group, workers)
        try:
            yield self.group
        finally:
            self.command("stop", "consumer")

    def _wait_for_members(self, group, workers):
        client = AdminClient({"bootstrap.servers": self.brokers})
        deadline = time.monotonic() + GROUP_TIMEOUT_SEC
        while time.monotonic() < deadline:
            found = _groups(client, group)
            if found and found[0].state == "Stable" and len(found[0].members) == workers:
                return
            time.sleep(0.1)
        raise RuntimeError(f"the group {group} has not {workers} members after {GROUP_TIMEOUT_SEC} s")

    def pid(self, part):
        return int((self.run_dir / f"{part}.pid").read_text())

    def cpu_seconds(self):
        """Used so far by each part that runs, and by the whole machine."""
        used = {part: self._cpu_of(part) for part in PARTS if (self.run_dir / f"{part}.pid").exists()}
        user, nice, system, _, _, irq, softirq, steal = map(int, _first_line("/proc/stat").split()[1:9])
        used["machine"] = (user + nice + system + irq + softirq) / TICKS_PER_SEC
        used["steal"] = steal / TICKS_PER_SEC
        return used

    def _cpu_of(self, part):
        own, ended_children = _cpu_ticks(self.pid(part))
        if part != "postgres":
            return own / TICKS_PER_SEC
        children = Path(f"/proc/{self.pid(part)}/task/{self.pid(part)}/children").read_text().split()
        return (own + ended_children + sum(_cpu_ticks(child)[0] for child in children)) / TICKS_PER_SEC

    def peak_memory_mib(self, part):
        return self._memory_mib(part, "VmHWM:")

    def memory_mib(self, part):
        return self._memory_mib(part, "VmRSS:")

    def _memory_mib(self, part, name):
        for line in Path(f"/proc/{self.pid(part)}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
        raise RuntimeError(f"no {name} of {part}")


def _groups(client, group):
    try:
        return client.list_groups(group, timeout=5)
    except KafkaException as error:
        if error.args[0].code() != KafkaError.COORDINATOR_LOAD_IN_PROGRESS:
            raise
        return []


def _first_line(path):
    return Path(path).read_text().split("\n", 1)[0]


def _cpu_ticks(pid):
    """Of the process, and of its children that have ended and were waited for."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0, 0
    user, system, children_user, children_system = map(int, fields[11:15])
    return user + system, children_user + children_system


def cpu_since(before, after):
    return {part: after[part] - before[part] for part in after if part in before}
