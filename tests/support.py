"""What the black-box tests are made of: a stack of processes, and its clients."""

import contextlib
import json
import os
import pathlib
import re
import shlex
import signal
import socket
import subprocess
import time
import uuid

import confluent_kafka
import psycopg
import requests

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEDGER_TOPIC = "ledger.entry.upserted"
ORDER_TOPIC = "payment.order.upserted"
GROUP_ID = "bo-sync-consumer"
BINARIES = pathlib.Path(ROOT, os.environ.get("BUILD_DIR") or "build/release")
POLL_SECONDS = 0.05


def eventually(condition, seconds=30, what=None):
    """Waits until `condition()` is true and returns its value; the last value is told when it never was."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {seconds} s: {what or condition}, last {value!r}"
        time.sleep(POLL_SECONDS)


def unique(prefix):
    """An id that no other test has."""
    return f"{prefix}-{uuid.uuid4().hex[:12]}"


def ledger_event(tx_id, **fields):
    """A valid ledger event; a field given as None is left out."""
    event = {
        "tx_id": tx_id,
        "wallet_id": "wallet-" + tx_id,
        "entry_type": "PAYMENT",
        "amount": "10000.00",
        "event_time": "2026-02-05T01:00:00Z",
        "updated_at": "2026-02-05T01:00:01Z",
        "version": 1,
    }
    return without_none({**event, **fields})


def order_event(order_id, **fields):
    """A valid order event; a field given as None is left out."""
    event = {
        "order_id": order_id,
        "user_id": "user-001",
        "merchant_name": "MERCHANT-001",
        "amount": "10000.00",
        "status": "SETTLED",
        "created_at": "2026-02-05T01:00:00Z",
        "updated_at": "2026-02-05T01:00:01Z",
        "version": 1,
    }
    return without_none({**event, **fields})


def unused_port():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]


def without_none(event):
    return {name: value for name, value in event.items() if value is not None}


class Stack:
    """One stack of scripts/stack, in a directory of its own."""

    def __init__(self, run_dir):
        self.run_dir = pathlib.Path(run_dir)

    def run(self, *command, **environment):
        """scripts/stack with these arguments; `environment` is added to that of this process."""
        subprocess.run(
            [ROOT / "scripts/stack", *command],
            env={**os.environ, "RUN_DIR": str(self.run_dir), "BUILD_DIR": str(BINARIES), **environment},
            check=True,
        )

    def start(self):
        self.run("start", "postgres", "kafka")
        self.run("migrate")
        self.run("topics")
        self.run("start", "consumer", "api")
        self.run("wait", "consumer", "api")

    def address(self, name):
        for line in (self.run_dir / "env").read_text().splitlines():
            variable, _, value = shlex.split(line)[1].partition("=")
            if variable == name:
                return value
        raise KeyError(name)

    def pid(self, part):
        return int((self.run_dir / f"{part}.pid").read_text())

    def kafka_client(self, **settings):
        return {"bootstrap.servers": self.address("KAFKA_BROKERS"), **settings}


class Database:
    """SQL, each statement in a connection of its own, so that a restart of the server needs no care."""

    def __init__(self, url):
        self.url = url

    def connect(self, **options):
        return psycopg.connect(self.url, **options)

    def execute(self, sql, parameters=None):
        with self.connect(autocommit=True) as connection:
            connection.execute(sql, parameters)

    def rows(self, sql, parameters=None):
        with self.connect(autocommit=True) as connection:
            return connection.execute(sql, parameters).fetchall()

    def row(self, sql, parameters=None):
        rows = self.rows(sql, parameters)
        assert len(rows) <= 1, rows
        return rows[0] if rows else None

    def value(self, sql, parameters=None):
        row = self.row(sql, parameters)
        return row[0] if row else None

    def tx_ids(self, prefix):
        """The ledger entries whose id begins so."""
        return {tx_id for (tx_id,) in self.rows("select tx_id from bo.ledger_entries where starts_with(tx_id, %s)", [prefix])}


class Publisher:
    """Publishes records with acknowledgement of every one."""

    def __init__(self, stack):
        # More than the broker's limit of a batch: what is compressed may be larger before.
        self.producer = confluent_kafka.Producer(
            stack.kafka_client(
                **{"acks": "all", "enable.idempotence": True, "linger.ms": 5, "compression.type": "lz4", "message.max.bytes": 4_000_000}
            )
        )
        self.failed = []

    def add(self, topic, value, key=None, headers=None, partition=-1, timestamp=0, on_delivery=None):
        payload = json.dumps(value).encode() if isinstance(value, dict) else value

        def report(error, message):
            if error:
                self.failed.append(error)
            elif on_delivery:
                on_delivery(message)

        self.producer.produce(
            topic, payload, key=key, headers=headers, partition=partition, timestamp=timestamp, on_delivery=report
        )
        self.producer.poll(0)

    def flush(self, seconds=60):
        left = self.producer.flush(seconds)
        assert (left, self.failed) == (0, [])

    def publish(self, topic, *values, **record):
        """Events with their ids as keys, in order; returns when the broker has them."""
        for value in values:
            self.add(topic, value, **{"key": value.get("tx_id") or value.get("order_id"), **record})
        self.flush()

    def ledger(self, *events, **record):
        self.publish(LEDGER_TOPIC, *events, **record)

    def orders(self, *events, **record):
        self.publish(ORDER_TOPIC, *events, **record)


class Api:
    """The admin API as an HTTP client sees it."""

    def __init__(self, url):
        self.url = url

    def request(self, method, path, **options):
        return requests.request(method, self.url + path, timeout=10, **options)

    def get(self, path, **headers):
        return self.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def found(self, path, condition=lambda body: True):
        """The body once it is there and as wanted."""

        def answer():
            response = self.get(path)
            return response.json() if response.status_code == 200 and condition(response.json()) else None

        return eventually(answer, what=path)


class Answer:
    """One answer, read off the wire."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class RawConnection:
    """A connection on which a test sends the bytes it likes; every wait for an answer ends after 10 s."""

    def __init__(self, address, receive_buffer_bytes=None, source="127.0.0.1", tls=None):
        self.socket = socket.socket()
        if receive_buffer_bytes:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer_bytes)
        self.socket.settimeout(10)
        self.socket.bind((source, 0))
        self.socket.connect(address)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.file = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def send(self, data):
        """The other end may have had enough already: what it said is read afterwards."""
        with contextlib.suppress(ConnectionError):
            self.socket.sendall(data)

    def answer(self, has_body=True):
        """The next answer; None when the connection ended before its end."""
        with contextlib.suppress(ConnectionResetError):
            return self.read_answer(has_body)
        return None

    def read_answer(self, has_body):
        status_line = self.file.readline()
        headers = {}
        while line := self.file.readline().rstrip(b"\r\n"):
            name, _, value = line.decode().partition(": ")
            headers[name] = value
        length = int(headers.get("Content-Length", 0)) if has_body else 0
        body = self.file.read(length)
        return Answer(int(status_line.split()[1]), headers, body) if status_line and len(body) == length else None

    def is_ended(self):
        """True when nothing more comes; waits for the end."""
        with contextlib.suppress(ConnectionResetError):
            return self.file.read(1) == b""
        return True


def raw_request(path, *headers, method="GET"):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


def metrics(page, name, **labels):
    """The values of the series with this name and these labels; none while nobody serves the page."""
    try:
        lines = requests.get(page, timeout=10).text.splitlines()
    except requests.ConnectionError:
        return []
    named = [line for line in lines if line.startswith((name + "{", name + " "))]
    return [
        float(line.rsplit(" ", 1)[1]) for line in named if all(f'{label}="{text}"' in line for label, text in labels.items())
    ]


class Process:
    """A service of our own beside those of the stack, with settings of its own: its exit code is ours to see."""

    def __init__(self, stack, name, command, settings):
        self.stack = stack
        self.log_path = stack.run_dir / "log" / f"{name}.log"
        self.log = open(self.log_path, "wb")
        self.process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=self.log, stderr=self.log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def log_text(self):
        return self.log_path.read_text(errors="replace")


class Consumer(Process):
    """In a group of its own."""

    def __init__(self, stack, *arguments, **settings):
        self.group_id = unique("group")
        self.port = unused_port()
        super().__init__(
            stack,
            self.group_id,
            [BINARIES / "src/ingest/bo-sync-consumer", "consume", *arguments],
            {
                "DATABASE_URL": stack.address("CONSUMER_DATABASE_URL"),
                "KAFKA_BROKERS": stack.address("KAFKA_BROKERS"),
                "KAFKA_GROUP_ID": self.group_id,
                "METRICS_PORT": str(self.port),
                "DLQ_BACKEND": "db",
                **settings,
            },
        )

    def metrics(self, name, **labels):
        return metrics(f"http://127.0.0.1:{self.port}/metrics", name, **labels)

    def partitions(self):
        """How many it has."""
        return len(self.metrics("consumer_kafka_lag"))

    def is_ready(self):
        return requests.get(f"http://127.0.0.1:{self.port}/readyz", timeout=10).status_code == 200


class AdminApi(Process, Api):
    """A bo-admin-api. Its name is also that of its sessions in pg_stat_activity. Ready when entered."""

    def __init__(self, stack, **settings):
        self.name = unique("api")
        super().__init__(
            stack,
            self.name,
            [BINARIES / "src/api/bo-admin-api"],
            {
                "DATABASE_URL": stack.address("API_DATABASE_URL"),
                "SERVICE_NAME": self.name,
                "API_PORT": "0",
                "API_METRICS_PORT": "0",
                **settings,
            },
        )

    def metrics(self, name, **labels):
        return metrics(self.management.url + "/metrics", name, **labels)

    def descriptors(self):
        """How many files and sockets it has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def __enter__(self):
        def started():
            assert self.process.poll() is None, self.log_text()
            return next((line for line in self.log_text().splitlines() if '"message":"started"' in line), None)

        ports = json.loads(eventually(started))
        self.address = ("127.0.0.1", ports["port"])
        self.url = f"http://127.0.0.1:{ports['port']}"
        self.management = Api(f"http://127.0.0.1:{ports['metrics_port']}")
        eventually(lambda: self.management.get("/readyz").status_code == 200)
        return self


@contextlib.contextmanager
def no_ledger_entry_can_be_written(db):
    """Until what this yields is called."""
    def end():
        db.execute("grant insert on bo.ledger_entries to bo_owner")

    db.execute("revoke insert on bo.ledger_entries from bo_owner")
    try:
        yield end
    finally:
        end()


@contextlib.contextmanager
def slow_inserts(db):
    """Each ledger entry takes 50 ms, so that a large batch takes longer than a statement may."""
    db.execute(
        """create function public.dawdle() returns trigger language plpgsql as $$
        begin perform pg_sleep(0.05); return new; end $$"""
    )
    db.execute("create trigger dawdle before insert on bo.ledger_entries for each row execute function public.dawdle()")
    try:
        yield
    finally:
        db.execute("drop function public.dawdle() cascade")


@contextlib.contextmanager
def frozen(*pids):
    for pid in pids:
        send_signal(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            send_signal(pid, signal.SIGCONT)


def send_signal(pid, number):
    with contextlib.suppress(ProcessLookupError):  # it may have ended since it was listed
        os.kill(pid, number)


def awaits_signals(process):
    """SIGTERM would be noticed, and not end it: a thread blocks just the signals that end a command. One that waits for them now
    does not, and those of libraries may block all."""
    awaited = sum(1 << (number - 1) for number in (signal.SIGTERM, signal.SIGINT))
    blocked = []
    for status in pathlib.Path(f"/proc/{process.pid}/task").glob("*/status"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # the thread has ended
            blocked.append(int(re.search(r"^SigBlk:\t(\w+)", status.read_text(), re.MULTILINE)[1], 16))
    return awaited in blocked


def server_processes(stack):
    """The database server with all its sessions, as long as nobody connects."""
    server = stack.pid("postgres")
    children = [int(entry) for entry in os.listdir("/proc") if entry.isdigit() and parent_of(entry) == server]
    return [server, *children]


def parent_of(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return int(stat.read().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def partitions(client):
    topics = client.list_topics(timeout=10).topics
    return [
        confluent_kafka.TopicPartition(topic, partition)
        for topic in (LEDGER_TOPIC, ORDER_TOPIC)
        for partition in sorted(topics[topic].partitions)
    ]


@contextlib.contextmanager
def group_client(stack, group_id):
    client = confluent_kafka.Consumer(stack.kafka_client(**{"group.id": group_id}))
    try:
        yield client
    finally:
        client.close()


def committed_offsets(stack, group_id):
    """By topic and partition; nothing committed counts as 0."""
    with group_client(stack, group_id) as client:
        return {(p.topic, p.partition): max(p.offset, 0) for p in client.committed(partitions(client), timeout=10)}


def log_ends(stack):
    with group_client(stack, unique("probe")) as client:
        return {(p.topic, p.partition): client.get_watermark_offsets(p, timeout=10)[1] for p in partitions(client)}


def stored_offsets(db, group_id):
    return {
        (topic, partition): offset
        for topic, partition, offset in db.rows(
            "select topic, partition, next_offset from bo.consumer_progress where group_id = %s", [group_id]
        )
    }
