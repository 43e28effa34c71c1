"""Everything at once, for as long as it is told: hostile streams live and by backfill, replay and repair beside them, while
processes are killed and servers crash. At the end the tables must be what the serial oracle says, the dead letters the poison
that was sent, and the offsets the ends of the logs. Called by scripts/soak; the stack is that of RUN_DIR."""

import argparse
import datetime
import json
import os
import pathlib
import random
import signal
import subprocess
import threading
import time

import psycopg

from oracle import Stream, assert_rows
from support import BINARIES, GROUP_ID, LEDGER_TOPIC, ORDER_TOPIC, Consumer, Database, Publisher, Stack, eventually, log_ends, stored_offsets

CONSUMERS = 3  # processes beside that of the stack, in one group with it
SESSION_SECONDS = 6
PAUSE_SECONDS = (3, 12)  # between two faults
SETTLE_SECONDS = 300
COMMAND_TRIES = 20  # of a command that a crash of the database ended
POISON_SHARE = 0.01
POISON = [None, b"", b"\xff\x00", b"{", b"[1]", b'{"tx_id":7}', b'{"tx_id":"x","tx_id":"x"}']


def milliseconds(text):
    moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp() * 1000)


def as_payload(event):
    """The event as a producer writes it: without what is null, and without the time that is the record's."""
    named = {"version" if name == "source_version" else name: value for name, value in event.items() if value is not None}
    named.pop("record_timestamp", None)
    return json.dumps(named, ensure_ascii=False).encode()


class Load:
    """Streams of a few ids each. Events with a record timestamp travel by Kafka, those without by backfill."""

    def __init__(self, stack, seed, events_per_sec, run):
        self.random = random.Random(seed)
        self.prefix = f"soak-{seed}"
        self.publisher = Publisher(stack)
        self.events_per_sec = events_per_sec
        self.run = run
        self.folder = stack.run_dir / "backfill"
        self.folder.mkdir()
        self.streams = {}
        self.poison = set()
        self.sent = {"live": 0, "backfill": 0}

    def send_until(self, ended):
        began = time.monotonic()
        while not ended.is_set():
            prefix = f"{self.prefix}-{len(self.streams)}-"
            stream = Stream(self.random.randrange(2**40), prefix)
            for order in stream.orders:
                order["merchant_name"] = order["merchant_name"] or None  # empty text counts as missing
            self.streams[prefix] = stream
            self.backfill(prefix, {"--ledger-file": self.publish(LEDGER_TOPIC, "tx_id", stream.ledger),
                                   "--payment-order-file": self.publish(ORDER_TOPIC, "order_id", stream.orders)})
            ended.wait(max(0, sum(self.sent.values()) / self.events_per_sec - (time.monotonic() - began)))
        self.publisher.flush(SETTLE_SECONDS)

    def publish(self, topic, key, events):
        """Sends what is live, poison among it; returns the others as lines."""
        lines = []
        for event in events:
            if self.random.random() < POISON_SHARE:
                self.publisher.add(topic, self.random.choice(POISON), on_delivery=self.note_poison)
            if event["record_timestamp"] is None:
                lines.append(as_payload(event) + b"\n")
                continue
            self.publisher.add(topic, as_payload(event), key=event[key], timestamp=milliseconds(event["record_timestamp"]))
            self.sent["live"] += 1
        return lines

    def note_poison(self, record):
        self.poison.add((record.topic(), record.partition(), record.offset()))

    def backfill(self, prefix, lines_of):
        arguments = []
        for option, lines in lines_of.items():
            if lines:
                file = self.folder / (prefix + option)
                file.write_bytes(b"".join(lines))
                arguments += [option, file]
                self.sent["backfill"] += len(lines)
        if arguments:
            self.run("backfill", *arguments, role="CONSUMER")


class Soak:
    def __init__(self, stack, seed, events_per_sec):
        self.stack = stack
        self.random = random.Random(seed + 1)
        self.db = Database(stack.address("ADMIN_DATABASE_URL"))
        self.load = Load(stack, seed, events_per_sec, self.run)
        self.done = dict.fromkeys(("kills", "freezes", "database crashes", "broker crashes", "replays", "repairs"), 0)
        self.ended = threading.Event()
        self.failure = None

    def run(self, *arguments, role="OPERATOR", codes=(0,)):
        """A command of the consumer's program; one that a crash of the database ended is started again."""
        environment = {"DATABASE_URL": self.stack.address(f"{role}_DATABASE_URL"), "DB_LOCK_TIMEOUT_MS": "30000"}
        for _ in range(COMMAND_TRIES):
            done = subprocess.run([BINARIES / "src/ingest/bo-sync-consumer", *map(str, arguments)],
                                  env={**os.environ, **environment}, capture_output=True, text=True, check=False)
            if done.returncode in codes:
                return
            eventually(self.database_answers, 60)
        raise RuntimeError(f"{arguments[0]}: code {done.returncode}: {done.stderr[-1000:]}")

    def database_answers(self):
        try:
            return self.db.value("select true")
        except psycopg.OperationalError:
            return False

    def operate(self):
        """Replays dead letters, which fail again, and repairs pairs, of which none is wrong."""
        while not self.ended.wait(2):
            self.run("dlq", "replay", "--max", "20", "--reason", "soak", codes=(0, 1))
            self.done["replays"] += 1
            self.run("repair-pairs", "--chunk-orders", "500")
            self.done["repairs"] += 1

    def disturb(self, consumers):
        faults = [self.kill_consumer, self.kill_consumer, self.freeze_consumer, self.crash_database, self.crash_broker]
        while not self.ended.wait(self.random.uniform(*PAUSE_SECONDS)):
            self.random.choice(faults)(consumers)

    def kill_consumer(self, consumers):
        number = self.random.randrange(len(consumers))
        consumers[number].__exit__()
        consumers[number] = self.start_consumer()
        self.done["kills"] += 1

    def freeze_consumer(self, consumers):
        process = self.random.choice(consumers).process
        process.send_signal(signal.SIGSTOP)
        self.ended.wait(SESSION_SECONDS + 2)
        process.send_signal(signal.SIGCONT)
        self.done["freezes"] += 1

    def crash_database(self, _):
        self.stack.run("kill", "postgres")
        self.stack.run("start", "postgres")
        self.done["database crashes"] += 1

    def crash_broker(self, _):
        self.stack.run("kill", "kafka")
        self.stack.run("start", "kafka")
        self.done["broker crashes"] += 1

    def start_consumer(self):
        return Consumer(self.stack, KAFKA_GROUP_ID=GROUP_ID, KAFKA_SESSION_TIMEOUT_MS=str(SESSION_SECONDS * 1000), CONSUMER_WORKERS="2")

    def go_on_for(self, seconds):
        """Returns what work_for() does."""
        consumers = [self.start_consumer() for _ in range(CONSUMERS)]
        try:
            catching_up = self.work_for(seconds, consumers)
            assert all(consumer.process.poll() is None for consumer in consumers), "a consumer ended by itself"
            return catching_up
        finally:
            for consumer in consumers:
                consumer.__exit__()

    def work_for(self, seconds, consumers):
        """Returns the seconds that it took after the last event until all were applied."""
        jobs = [self.start(job) for job in (lambda: self.load.send_until(self.ended), self.operate, lambda: self.disturb(consumers))]
        self.ended.wait(seconds)
        self.ended.set()
        for job in jobs:
            job.join()
        if self.failure:
            raise self.failure
        began = time.monotonic()
        eventually(lambda: stored_offsets(self.db, GROUP_ID) == log_ends(self.stack), SETTLE_SECONDS, "all of the logs is applied")
        return time.monotonic() - began

    def start(self, job):
        def guarded():
            try:
                job()
            except BaseException as error:  # whatever it is, it ends the soak and is told
                self.failure = error
                self.ended.set()

        thread = threading.Thread(target=guarded)
        thread.start()
        return thread

    def check(self):
        with psycopg.connect(self.stack.address("ADMIN_DATABASE_URL"), autocommit=True, options="-c TimeZone=UTC") as session:
            for prefix, stream in self.load.streams.items():
                assert_rows(session, stream, prefix)
            assert session.execute("select * from bo.repair_pairs(p_dry_run => true)").fetchall() == []
            letters = session.execute('select topic, partition, "offset" from bo.consumer_dlq_events').fetchall()
        assert sorted(letters) == sorted(self.load.poison), "the dead letters are not the poison that was sent"
        log = (self.stack.run_dir / "log" / "postgres.log").read_text(errors="replace")
        assert "deadlock detected" not in log


def main():
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20, help="default %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="default %(default)s; the faults' times are not repeatable, all else is")
    parser.add_argument("--rate", type=int, default=500, help="events/s (default %(default)s)")
    arguments = parser.parse_args()
    stack = Stack(pathlib.Path(os.environ["RUN_DIR"]))
    stack.start()
    soak = Soak(stack, arguments.seed, arguments.rate)
    began = time.monotonic()
    catching_up = soak.go_on_for(arguments.minutes * 60)
    soak.check()  # whatever is wrong, lost or dead-locked ends it here
    print(json.dumps({"seed": arguments.seed, "minutes": arguments.minutes, "seconds": round(time.monotonic() - began),
                      "streams": len(soak.load.streams), **soak.load.sent, "poison": len(soak.load.poison), **soak.done,
                      "seconds to catch up": round(catching_up)}))


if __name__ == "__main__":
    main()
