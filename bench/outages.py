"""How soon the stream goes on when a server comes back: from its first answer to the first commit of new events."""

import subprocess
import threading
import time

import psycopg
from confluent_kafka import KafkaException, Producer
from confluent_kafka.admin import AdminClient

from stack import ROOT
from workload import paced, payments_for, plain

POLL_SEC = 0.01
RETURN_TIMEOUT_SEC = 120
STREAM_SEC = 3600  # longer than any outage
DEFAULT_BACKOFF_MAX_MS = "1000"  # the stack's own is shorter, for tests: what is measured here is what users have


def outage(stack, topics, part, seconds, events_per_sec):
    """`part` (postgres or kafka) is stopped for so long while events go on being published."""
    topics.create(stack)
    answers = {"postgres": _postgres_probe, "kafka": _kafka_probe}[part](stack)
    with (stack.consumer(topics, RETRY_BACKOFF_MAX_MS=DEFAULT_BACKOFF_MAX_MS) as group,
          Stream(stack, topics, events_per_sec)):
        consumer = stack.pid("consumer")
        _wait_until(lambda: stack.applied(group) > 0)
        stack.command("stop", part)
        before = stack.applied(group) if part == "kafka" else None
        time.sleep(seconds)  # this is the outage
        with subprocess.Popen([ROOT / "scripts/stack", "start", part], stdout=subprocess.DEVNULL):
            _wait_until(answers)
            returned = time.monotonic()
            stack.connect()
            if before is None:
                before = stack.applied(group)
            _wait_until(lambda: stack.applied(group) > before)
            resumed = time.monotonic()
        if stack.pid("consumer") != consumer or not is_running(consumer):
            raise RuntimeError("the consumer has not survived the outage")
    return {"seconds": seconds, "events_per_sec": events_per_sec, "resumed_after_sec": resumed - returned}


class Stream:
    """Publishes plain events for as long as the block goes on."""

    def __init__(self, stack, topics, events_per_sec):
        self.producer = Producer({"bootstrap.servers": stack.brokers, "acks": "all", "linger.ms": 0,
                                  "reconnect.backoff.max.ms": 100, "log_level": 0,
                                  "queue.buffering.max.messages": 1_000_000})
        self.events = plain(topics, payments_for(events_per_sec * STREAM_SEC))
        self.events_per_sec = events_per_sec
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._publish)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def _publish(self):
        for topic, key, payload in paced(self.producer, self.events, self.events_per_sec):
            if self.ended.is_set():
                break
            self.producer.produce(topic, payload, key)
        self.producer.flush(RETURN_TIMEOUT_SEC)


def is_running(pid):
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rsplit(")")[1].split()[0] not in "ZX"


def _wait_until(condition):
    deadline = time.monotonic() + RETURN_TIMEOUT_SEC
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not come about in {RETURN_TIMEOUT_SEC} s")
        time.sleep(POLL_SEC)


def _postgres_probe(stack):
    def answers():
        try:
            psycopg.connect(stack.address("ADMIN_DATABASE_URL"), connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True

    return answers


def _kafka_probe(stack):
    client = AdminClient({"bootstrap.servers": stack.brokers, "reconnect.backoff.max.ms": 100, "log_level": 0})

    def answers():
        try:
            client.list_topics(timeout=5)
        except KafkaException:
            return False
        return True

    return answers
