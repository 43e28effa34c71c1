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
from lookups import lookups
from report import print_table
from stack import ROOT, Stack
from workload import Topics, payments_for, publish

PART_NAMES = ("baseline", "drain", "drain2", "backfill", "backfill2", "replay", "lookups", "freshness")


def read_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--events", type=int, default=200_000, help="of the drains (default %(default)s)")
    parser.add_argument("--baseline-events", type=int, default=5_000, help="with batches of one (default %(default)s)")
    parser.add_argument("--repeat", type=int, default=3, help="of each part; the median counts (default %(default)s)")
    parser.add_argument("--rate", type=int, default=1_000, help="events/s of freshness (default %(default)s)")
    parser.add_argument("--seconds", type=int, default=10, help="of freshness and lookups (default %(default)s)")
    parser.add_argument("--connections", type=int, default=16, help="of lookups (default %(default)s)")
    parser.add_argument("--part", action="append", choices=PART_NAMES, help="only these (default: all)")
    parser.add_argument("--json", type=Path, default=ROOT / "bench/results.json", help="default %(default)s")
    return parser.parse_args()


def median_run(repeat, figure, run):
    """The run whose figure is the middle one of so many, with that figure of all runs beside it."""
    runs = sorted((run() for _ in range(repeat)), key=lambda result: result[figure])
    return {**runs[(len(runs) - 1) // 2], f"{figure}_of_all_runs": [result[figure] for result in runs]}


def measure(stack, arguments, parts):
    """Yields (part, result) in the order in which one part leaves what the next one needs."""
    median = partial(median_run, arguments.repeat)
    big, small = Topics("drain"), Topics("baseline")
    live = (Topics(f"freshness-{number}") for number in itertools.count())
    events = publish(stack, big, payments_for(arguments.events))
    if "baseline" in parts:
        count = publish(stack, small, payments_for(arguments.baseline_events))
        yield "baseline", median("events_per_sec", lambda: drain(stack, small, count, BATCH_MAX_EVENTS="1"))
    if "drain" in parts:
        yield "drain", median("events_per_sec", lambda: drain(stack, big, events))
    if "drain2" in parts:
        yield "drain2", median("events_per_sec", lambda: drain(stack, big, events, workers=2))
    if {"backfill", "backfill2"} & parts:
        files = write_files(stack, big, payments_for(arguments.events))
    if "backfill" in parts:
        yield "backfill", median("events_per_sec", lambda: backfill(stack, files, events))
        check_pairs(stack, payments_for(arguments.events))
    if "backfill2" in parts:
        yield "backfill2", median("events_per_sec", lambda: backfill(stack, files, events, workers=2))
        check_pairs(stack, payments_for(arguments.events))
    # What a backfill left has other record timestamps: a replay over it would be no replay.
    if {"backfill", "backfill2"} & parts or not {"drain", "drain2"} & parts:
        drain(stack, big, events)
    check_pairs(stack, payments_for(arguments.events))
    if "replay" in parts:
        yield "replay", median("events_per_sec", lambda: drain(stack, big, events, empty=False))
    stack.settle()
    if "lookups" in parts:
        yield "lookups", median("lookups_per_sec", lambda: lookups(stack, arguments.connections, arguments.seconds))
    if "freshness" in parts:
        yield "freshness", median("p99_ms", lambda: freshness(stack, next(live), arguments.rate, arguments.seconds))


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
