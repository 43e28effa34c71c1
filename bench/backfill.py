"""How fast the events of the drain are applied from files, into empty tables."""

import json
import os
import resource
import subprocess

from stack import ROOT, cpu_since
from workload import plain


def write_files(stack, topics, payments):
    """The two files of these events, in the order in which the drain's were published."""
    paths = {topics.ledger: stack.run_dir / "ledger.jsonl", topics.orders: stack.run_dir / "orders.jsonl"}
    files = {topic: path.open("w") for topic, path in paths.items()}
    for topic, _, payload in plain(topics, payments):
        files[topic].write(payload + "\n")
    for file in files.values():
        file.close()
    return paths[topics.ledger], paths[topics.orders]


def backfill(stack, files, count, workers=1, **settings):
    """All events of the files by one process, from its start to its summary."""
    ledger, orders = files
    stack.empty_tables()
    stack.db.execute("checkpoint")
    wal = stack.wal_position()
    cpu, own = stack.cpu_seconds(), _cpu_of_children()
    binary = ROOT / os.environ.get("BUILD_DIR", "build/release") / "src/ingest/bo-sync-consumer"
    done = subprocess.run(
        [binary, "backfill", "--ledger-file", ledger, "--payment-order-file", orders, "--workers", str(workers)],
        env={**os.environ, "DATABASE_URL": stack.address("CONSUMER_DATABASE_URL"), **settings},
        capture_output=True, text=True, check=True)
    cpu = {"consumer": _cpu_of_children() - own, **cpu_since(cpu, stack.cpu_seconds())}
    summary = json.loads(done.stdout)
    if summary["inserted"] != count:
        raise RuntimeError(f"{count} events are in the files, the summary says {summary}")
    return {
        "events": count, "seconds": summary["seconds"], "events_per_sec": count / summary["seconds"], "workers": workers,
        "wal_bytes": int(stack.wal_position() - wal),
        "cpu_sec_per_10k_events": {part: seconds * 10_000 / count for part, seconds in cpu.items()},
    }


def _cpu_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
