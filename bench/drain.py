"""How fast a backlog is applied: from the first commit of the group to the one that reaches the ends of the logs."""

import time

from stack import cpu_since

POLL_SEC = 0.01
DRAIN_TIMEOUT_SEC = 600


def drain(stack, topics, events, workers=1, empty=True, **settings):
    """Applies all events of the topics with a new group; empty: into empty tables, else over what is there."""
    if empty:
        stack.empty_tables()
    stack.db.execute("checkpoint")
    wal = stack.wal_position()
    written = stack.rows_written()
    with stack.consumer(topics, workers, **settings) as group:
        first, started = _wait_for(stack, group, 1)
        cpu = stack.cpu_seconds()
        last, ended = _wait_for(stack, group, events)
        cpu = cpu_since(cpu, stack.cpu_seconds())
        memory = stack.peak_memory_mib("consumer")
        wal = stack.wal_position() - wal
    if last != events:
        raise RuntimeError(f"{last} events are applied, {events} were published")
    inserted, updated, deleted = (after - before for after, before in zip(stack.rows_written(), written))
    timed = events - first
    return {
        "events": events, "timed_events": timed, "seconds": ended - started, "events_per_sec": timed / (ended - started),
        "workers": workers, "wal_bytes": int(wal), "rows_inserted": int(inserted), "rows_updated": int(updated),
        "rows_deleted": int(deleted), "consumer_peak_mib": memory,
        "cpu_sec_per_10k_events": {part: seconds * 10_000 / timed for part, seconds in cpu.items()},
    }


def _wait_for(stack, group, count):
    """(events applied, when it was seen), as soon as count are."""
    deadline = time.monotonic() + DRAIN_TIMEOUT_SEC
    while time.monotonic() < deadline:
        applied = stack.applied(group)
        if applied >= count:
            return applied, time.monotonic()
        time.sleep(POLL_SEC)
    raise RuntimeError(f"only {applied} of {count} events are applied after {DRAIN_TIMEOUT_SEC} s")


def check_pairs(stack, complete=None):
    """A fast drain with wrong pairs is worth nothing. complete: how many there must be, when that is known."""
    found, drift = stack.query("select (select count(*) from bo.payment_ledger_pairs where pairing_status = 'COMPLETE'),"
                               " (select count(*) from bo.repair_pairs(p_dry_run => true))")
    if drift or complete not in (None, found):
        raise RuntimeError(f"{found} pairs are COMPLETE ({complete} expected), {drift} differ from a recomputation")
