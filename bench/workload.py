"""What is published, and in which order. An event is (topic, key, payload)."""

import itertools
import json
import multiprocessing
import random
import time
from contextlib import contextmanager
from dataclasses import dataclass

from confluent_kafka import Producer

EVENTS_PER_PAYMENT = 3
FLUSH_SEC = 60
SEED = 1

POISON = (None, b"", b"\xff\x00", b"{", b"[1]", b'{"tx_id":7}', b'{"tx_id":"x","tx_id":"x"}')
POISON_EVERY = 100

HOSTILE_WINDOW = 3_000  # events that are shuffled with each other
DUPLICATES = 0.3


@dataclass(frozen=True)
class Topics:
    """A pair of topics of this benchmark."""

    name: str

    @property
    def ledger(self):
        return f"bench.{self.name}.ledger"

    @property
    def orders(self):
        return f"bench.{self.name}.orders"

    def settings(self):
        return {"LEDGER_TOPIC": self.ledger, "PAYMENT_ORDER_TOPIC": self.orders}

    def create(self, stack):
        stack.command("topics", self.ledger, self.orders)


def payment(topics, number):
    """The two ledger halves and the order of one payment, as (topic, key, event)."""
    order_id = f"po-{topics.name}-{number:08d}"
    amount = f"{number % 10000 + 1}.00"
    at = f"2026-02-05T{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}"
    for entry_type, sign in (("PAYMENT", "-"), ("RECEIVE", "")):
        tx_id = f"tx-{topics.name}-{number:08d}-{entry_type[0]}"
        yield topics.ledger, tx_id, {
            "tx_id": tx_id, "wallet_id": f"wallet-{entry_type[0]}-{number % 5000:05d}", "entry_type": entry_type,
            "amount": amount, "amount_signed": sign + amount, "related_id": order_id,
            "related_type": "PAYMENT_ORDER", "event_time": f"{at}Z", "updated_at": f"{at}.500Z", "version": 1}
    yield topics.orders, order_id, {
        "order_id": order_id, "user_id": f"user-{number % 5000:05d}", "merchant_name": f"MERCHANT-{number % 100:03d}",
        "amount": amount, "status": "SETTLED", "created_at": f"{at}Z", "updated_at": f"{at}.500Z", "version": 1}


def plain(topics, payments):
    """Each payment once, its three events one after the other."""
    for number in range(payments):
        for topic, key, event in payment(topics, number):
            yield topic, key, json.dumps(event)


def newer(topics, payments):
    """Every payment again and again, each time in its next version. Never ends."""
    for version in itertools.count(2):
        for number in range(payments):
            for topic, key, event in payment(topics, number):
                yield topic, key, json.dumps({**event, "version": version})


def poisoned(topics, payments):
    """Plain, and one record of a hundred can't be read."""
    for number, event in enumerate(plain(topics, payments), start=1):
        yield event
        if number % (POISON_EVERY - 1) == 0:
            yield event[0], event[1], POISON[number // POISON_EVERY % len(POISON)]


def hostile(topics, payments):
    """Versions, corrections between orders and types, missing metadata, extra entries, 30 % duplicates; all of it shuffled."""
    chance = random.Random(SEED)
    window = []
    for number in range(payments):
        for topic, key, event in payment(topics, number):
            for version in versions(topics, event, number, chance):
                window += [(topic, key, json.dumps(version))] * (2 if chance.random() < DUPLICATES else 1)
        if len(window) >= HOSTILE_WINDOW:
            chance.shuffle(window)
            yield from window
            window.clear()
    chance.shuffle(window)
    yield from window


def versions(topics, event, number, chance):
    """What is sent of one event: some older versions, and without metadata now and then."""
    for version in range(1, chance.choice((1, 1, 1, 2, 3)) + 1):
        sent = {**event, "version": version}
        if chance.random() < 0.1:
            del sent["version"]
            if chance.random() < 0.5:
                del sent["updated_at"]
        if "related_id" in sent and version > 1 and chance.random() < 0.2:
            sent["related_id"] = f"po-{topics.name}-{max(0, number - chance.randrange(50)):08d}"
            sent["entry_type"] = chance.choice(("PAYMENT", "RECEIVE", "REFUND"))
        yield sent


def payments_for(event_count):
    return -(-event_count // EVENTS_PER_PAYMENT)


def publish(stack, topics, events):
    """All acknowledged when it returns; returns how many events."""
    topics.create(stack)
    return _send(_producer(stack.brokers), events)


def _producer(brokers):
    return Producer({"bootstrap.servers": brokers, "acks": "all", "linger.ms": 50, "queue.buffering.max.messages": 100_000})


def _send(producer, events):
    failed = []
    count = 0
    for topic, key, payload in events:
        while True:
            try:
                producer.produce(topic, payload, key, on_delivery=lambda error, _: error and failed.append(error))
                break
            except BufferError:
                producer.poll(0.1)
        producer.poll(0)
        count += 1
    if producer.flush(FLUSH_SEC) or failed:
        raise RuntimeError(f"not all events were published: {failed[:1] or 'timed out'}")
    return count


def paced(producer, events, events_per_sec):
    """Yields each event when its time has come, and lets the producer work meanwhile."""
    started = time.monotonic()
    for number, event in enumerate(events):
        while (left := started + number / events_per_sec - time.monotonic()) > 0:
            producer.poll(0)
            time.sleep(min(left, 0.001))
        yield event


@contextmanager
def published_meanwhile(brokers, events, events_per_sec):
    """Another process publishes them, at that rate, until the end of the block."""
    stop = multiprocessing.Event()
    process = multiprocessing.Process(target=_publish_until, args=(stop, brokers, events, events_per_sec))
    process.start()
    try:
        yield
    finally:
        stop.set()
        process.join()
    if process.exitcode != 0:
        raise RuntimeError(f"the publisher ended with {process.exitcode}")


def _publish_until(stop, brokers, events, events_per_sec):
    producer = _producer(brokers)
    _send(producer, itertools.takewhile(lambda _: not stop.is_set(), paced(producer, events, events_per_sec)))
