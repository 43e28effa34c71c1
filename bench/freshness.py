"""From the producer's call to the commit that another session sees.

Offsets commit together with the rows, so an event is visible when a poll of bo.consumer_progress shows an offset beyond its own.
The moment is taken after the answer of the poll: figures are too high by up to a poll interval, never too low. Producer and
watcher are two processes of one machine and share CLOCK_MONOTONIC."""

import itertools
import multiprocessing
import statistics
import time

import psycopg
from confluent_kafka import Producer

from workload import paced, payments_for, plain

POLL_SEC = 0.002
WARM_UP_SEC = 10
LATE_SEC = 10

# A broker answers the requests of one connection one after the other: a producer that sends every event by itself has a queue of its
# own from a few thousand a second on. So it waits as Kafka's own producer does by default since 4.0.
BUSY_EVENTS_PER_SEC = 2_000
BUSY_LINGER_MS = 5


def freshness(stack, topics, events_per_sec, seconds):
    topics.create(stack)
    with stack.consumer(topics) as group:
        address = stack.address("ADMIN_DATABASE_URL")
        total = events_per_sec * (seconds + WARM_UP_SEC)
        with multiprocessing.Pool(1) as pool:
            watched = pool.apply_async(_watch, (address, group, total, seconds + WARM_UP_SEC + LATE_SEC))
            sent = _produce(stack.brokers, topics, events_per_sec, total)
            seen = watched.get()
        memory = stack.peak_memory_mib("consumer")
    measured = sent[events_per_sec * WARM_UP_SEC:]
    delays_ms = [(seen[place] - at) * 1000 for place, at, _ in measured]
    acknowledged_ms = [(acknowledged - at) * 1000 for _, at, acknowledged in measured]
    percentiles, of_broker = statistics.quantiles(delays_ms, n=100), statistics.quantiles(acknowledged_ms, n=100)
    return {"events": len(delays_ms), "events_per_sec": (len(measured) - 1) / (measured[-1][1] - measured[0][1]),
            "p50_ms": percentiles[49], "p95_ms": percentiles[94], "p99_ms": percentiles[98], "max_ms": max(delays_ms),
            "acknowledged_p50_ms": of_broker[49], "acknowledged_p99_ms": of_broker[98],
            "poll_interval_ms": POLL_SEC * 1000, "consumer_peak_mib": memory}


def _produce(brokers, topics, events_per_sec, total):
    """((topic, partition, offset), when it was handed over, when acknowledged) of every event, in the order of sending."""
    linger_ms = BUSY_LINGER_MS if events_per_sec > BUSY_EVENTS_PER_SEC else 0
    producer = Producer({"bootstrap.servers": brokers, "acks": "all", "linger.ms": linger_ms})
    delivered = {}
    sent = []
    prepared = list(itertools.islice(plain(topics, payments_for(total)), total))
    for number, (topic, key, payload) in enumerate(paced(producer, prepared, events_per_sec)):
        sent.append(time.monotonic())
        producer.produce(topic, payload, key, on_delivery=lambda error, message, number=number:
                         delivered.__setitem__(number, (error or (message.topic(), message.partition(), message.offset()), time.monotonic())))
    producer.flush(LATE_SEC)
    return [(delivered[number][0], at, delivered[number][1]) for number, at in enumerate(sent)]


def _watch(address, group, total, timeout_sec):
    """When each (topic, partition, offset) was first seen applied."""
    seen = {}
    known = {}
    deadline = time.monotonic() + timeout_sec
    with psycopg.connect(address, autocommit=True) as db:
        while len(seen) < total:
            rows = db.execute("select topic, partition, next_offset from bo.consumer_progress where group_id = %s",
                              (group,), prepare=True).fetchall()
            now = time.monotonic()
            for topic, partition, next_offset in rows:
                for offset in range(known.get((topic, partition), 0), next_offset):
                    seen[topic, partition, offset] = now
                known[topic, partition] = next_offset
            if now > deadline:
                raise RuntimeError(f"only {len(seen)} of {total} events became visible")
            time.sleep(POLL_SEC)
    return seen
