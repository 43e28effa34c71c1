"""The whole benchmark in one run, on the stack of RUN_DIR; called by scripts/bench."""

import argparse
import itertools
import json
from functools import partial
from pathlib import Path

from backfill import backfill, write_files
from conditions import conditions
from drain import check_pairs, drain
from freshness import freshness
from lookups import lookups, lookups_beside, sweep
from outages import outage
from report import print_table
from stack import ROOT, Stack
from workload import EVENTS_PER_PAYMENT, Topics, hostile, payments_for, plain, poisoned, publish

PART_NAMES = ("baseline", "drain", "drain2", "hostile", "hostile2", "poison", "backfill", "backfill2", "replay", "replay2",
              "lookups", "sweep", "beside", "freshness", "outages")
OUTAGE_RATE = 1_000  # events/s
SWEEP = (1, 4, 16, 64, 256)  # connections


def read_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--events", type=int, default=600_000, help="of the drains (default %(default)s)")
    parser.add_argument("--baseline-events", type=int, default=5_000, help="with batches of one (default %(default)s)")
    parser.add_argument("--repeat", type=int, default=3, help="of each part; the median counts (default %(default)s)")
    parser.add_argument("--rate", type=int, nargs="+", default=[500, 1_000, 5_000],
                        help="events/s of freshness (default %(default)s)")
    parser.add_argument("--seconds", type=int, default=10, help="of freshness and lookups (default %(default)s)")
    parser.add_argument("--connections", type=int, default=16, help="of lookups (default %(default)s)")
    parser.add_argument("--outage-seconds", type=int, default=60, help="of each server (default %(default)s)")
    parser.add_argument("--part", action="append", choices=PART_NAMES, help="only these (default: all)")
    parser.add_argument("--json", type=Path, default=ROOT / "bench/results.json", help="default %(default)s")
    return parser.parse_args()


def median_run(repeat, figure, run):
    """The run whose figure is the middle one of so many, with that figure of all runs beside it."""
    runs = sorted((run() for _ in range(repeat)), key=lambda result: result[figure])
    return {**runs[(len(runs) - 1) // 2], f"{figure}_of_all_runs": [result[figure] for result in runs]}


def measure(stack, arguments, parts):
    """Yields (part, result) in the order in which one part leaves what the next one needs."""
    topics, payments = Topics("drain"), payments_for(arguments.events)
    events = publish(stack, topics, plain(topics, payments))
    if "baseline" in parts:
        yield from baseline(stack, arguments)
    yield from drains(stack, arguments, parts, topics, events)
    yield from unfriendly_drains(stack, arguments, parts)
    yield from backfills(stack, arguments, parts, topics)
    # What a backfill left has other record timestamps: a replay over it would be no replay.
    drain(stack, topics, events)
    check_pairs(stack, complete=payments)
    for part, workers in (("replay", 1), ("replay2", 2)):
        if part in parts:
            yield part, median_run(arguments.repeat, "events_per_sec",
                                   partial(drain, stack, topics, events, workers, empty=False))
    stack.forget_former_groups()
    stack.settle()
    if {"lookups", "sweep"} & parts:
        with stack.without("kafka"):
            yield from lookups_alone(stack, arguments, parts)
    if "beside" in parts:
        topics = Topics("beside")
        publish(stack, topics, plain(topics, payments))
        yield "beside", lookups_beside(stack, topics, payments, arguments.connections, arguments.seconds)
    if "freshness" in parts:
        yield from freshness_by_rate(stack, arguments)
    if "outages" in parts:
        for part in ("postgres", "kafka"):
            topics = Topics(f"outage-{part}")
            yield f"outage_{part}", outage(stack, topics, part, arguments.outage_seconds, OUTAGE_RATE)


def lookups_alone(stack, arguments, parts):
    """Nothing is applied meanwhile."""
    if "lookups" in parts:
        yield "lookups", median_run(arguments.repeat, "lookups_per_sec",
                                    partial(lookups, stack, arguments.connections, arguments.seconds))
    if "sweep" in parts:
        for number, result in sweep(stack, SWEEP, arguments.seconds).items():
            yield f"lookups_{number}", result


def baseline(stack, arguments):
    topics = Topics("baseline")
    events = publish(stack, topics, plain(topics, payments_for(arguments.baseline_events)))
    yield "baseline", median_run(arguments.repeat, "events_per_sec",
                                 partial(drain, stack, topics, events, BATCH_MAX_EVENTS="1"))


def drains(stack, arguments, parts, topics, events):
    for part, workers in (("drain", 1), ("drain2", 2)):
        if part in parts:
            yield part, median_run(arguments.repeat, "events_per_sec",
                                   partial(drain, stack, topics, events, workers))
            check_pairs(stack, complete=events // EVENTS_PER_PAYMENT)


def unfriendly_drains(stack, arguments, parts):
    payments = payments_for(arguments.events)
    published = {}
    half = payments // 2  # a hostile event comes twice on average
    streams = (("poison", poisoned, payments, 1), ("hostile", hostile, half, 1), ("hostile2", hostile, half, 2))
    for part, stream, count, workers in streams:
        if part in parts:
            topics = Topics(stream.__name__)
            if topics not in published:
                published[topics] = publish(stack, topics, stream(topics, count))
            yield part, median_run(arguments.repeat, "events_per_sec",
                                   partial(drain, stack, topics, published[topics], workers))
            check_pairs(stack)


def backfills(stack, arguments, parts, topics):
    payments = payments_for(arguments.events)
    if {"backfill", "backfill2"} & parts:
        files = write_files(stack, topics, payments)
    for part, workers in (("backfill", 1), ("backfill2", 2)):
        if part in parts:
            yield part, median_run(arguments.repeat, "events_per_sec",
                                   partial(backfill, stack, files, payments * EVENTS_PER_PAYMENT, workers))
            check_pairs(stack, complete=payments)


def freshness_by_rate(stack, arguments):
    for rate in arguments.rate:
        runs = (Topics(f"freshness-{rate}-{number}") for number in itertools.count())

        def run(rate=rate, runs=runs):
            return freshness(stack, next(runs), rate, arguments.seconds)

        yield f"freshness_{rate}", median_run(arguments.repeat, "p99_ms", run)


def main():
    arguments = read_arguments()
    stack = Stack()
    stack.up()
    results = {"conditions": conditions(stack)}
    for part, result in measure(stack, arguments, set(arguments.part or PART_NAMES)):
        print(f"{part}: done", flush=True)
        results[part] = result
    arguments.json.write_text(json.dumps(results, indent=2) + "\n")
    print_table(results)
    print(f"\nJSON: {arguments.json}")


if __name__ == "__main__":
    main()
