"""History from files: applied once, whatever happens on the way."""

import contextlib
import gzip
import json
import os
import re
import signal
import subprocess
import threading

import psycopg
import pytest

from support import (
    BINARIES, LEDGER_TOPIC, ORDER_TOPIC, awaits_signals, eventually, frozen, ledger_event, order_event, server_processes,
    slow_inserts, unique,
)

OUTCOMES = ("inserted", "updated", "duplicate", "stale", "dead_letters", "skipped")


def payments(prefix, count):
    """Ledger events and order events of so many payments."""
    ledger, orders = [], []
    for number in range(count):
        order_id = f"{prefix}-{number:05d}"
        related = {"related_id": order_id, "related_type": "PAYMENT_ORDER"}
        ledger.append(ledger_event(order_id + "-a", **related))
        ledger.append(ledger_event(order_id + "-b", entry_type="RECEIVE", **related))
        orders.append(order_event(order_id))
    return ledger, orders


def lines(*values):
    """JSON lines; bytes go in as they are."""
    return b"".join((value if isinstance(value, bytes) else json.dumps(value).encode()) + b"\n" for value in values)


class Backfill:
    """The command, with its exit code and its summary."""

    def __init__(self, stack, arguments, stdin=None, **settings):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KAFKA_")}
        environment |= {"DATABASE_URL": stack.address("CONSUMER_DATABASE_URL"), **settings}
        self.process = subprocess.Popen(
            [BINARIES / "src/ingest/bo-sync-consumer", "backfill", *map(str, arguments)],
            env=environment, stdin=stdin or subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )

    def ended(self, data=None, seconds=60):
        """(exit code, summary or None, standard error), once it has ended."""
        output, errors = self.process.communicate(data, timeout=seconds)
        return self.process.returncode, json.loads(output) if output else None, errors.decode()

    def kill(self, number=signal.SIGKILL):
        self.process.send_signal(number)
        return self.ended()


@pytest.fixture
def backfill(stack):
    """Runs the command to its end, which must be good; returns the outcomes that occurred."""

    def run(*arguments, data=None, **settings):
        code, summary, errors = Backfill(stack, arguments, subprocess.PIPE if data is not None else None, **settings).ended(data)
        assert (code, summary["finished"]) == (0, True), errors
        return {outcome: summary[outcome] for outcome in OUTCOMES if summary[outcome]}

    return run


@pytest.fixture
def write(tmp_path):
    """Writes a file, packed by its ending; returns its path."""

    def write_file(name, content):
        path = tmp_path / name
        if name.endswith(".gz"):
            content = gzip.compress(content)
        elif name.endswith(".zst"):
            content = subprocess.run(["zstd", "-q"], input=content, check=True, capture_output=True).stdout
        path.write_bytes(content)
        return path

    return write_file


@pytest.fixture
def prefix():
    return unique("bf")


def assert_applied(db, prefix, count):
    """All payments are there, each a pair, as a recomputation makes it."""
    assert len(db.tx_ids(prefix)) == 2 * count
    orders = [order_id for (order_id,) in db.rows("select order_id from bo.payment_orders where starts_with(order_id, %s)", [prefix])]
    assert len(orders) == count
    complete = "select count(*) from bo.payment_ledger_pairs where payment_order_id = any(%s) and pairing_status = 'COMPLETE'"
    assert db.value(complete, [orders]) == count
    assert db.rows("select * from bo.repair_pairs(%s, p_dry_run => true)", [orders]) == []


def lines_applied(db, path):
    return db.value("select lines_applied from bo.backfill_progress where file_name = %s", [str(path)])


def end_sessions(db):
    """A server process that waits for a lock does not see that its client is gone, and would go on later."""
    sessions = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bo-sync-consumer backfill'"
    eventually(lambda: not db.rows(sessions))


@contextlib.contextmanager
def held_back(stack, tx_id):
    """Meanwhile nobody can write this entry."""
    with psycopg.connect(stack.address("ADMIN_DATABASE_URL")) as session:
        session.execute(
            "select bo.upsert_ledger_entry(%s, 'w', 'OTHER', 1, null, null, null, now(), now(), null, 0, now())", [tx_id]
        )
        try:
            yield
        finally:
            session.rollback()


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst"])
def test_both_files_twice(db, backfill, write, prefix, ending):
    ledger, orders = payments(prefix, 500)
    files = [
        "--ledger-file", write(f"ledger.{ending}", lines(*ledger)),
        "--payment-order-file", write(f"orders.{ending}", lines(*orders)), "--workers", "3",
    ]
    assert backfill(*files, BACKFILL_BATCH_EVENTS="100") == {"inserted": 1500}
    assert_applied(db, prefix, 500)
    versions = "select ctid::text, xmin::text from bo.ledger_entries where starts_with(tx_id, %s) order by tx_id"
    before = db.rows(versions, [prefix])
    assert backfill(*files) == {"duplicate": 1500}
    assert db.rows(versions, [prefix]) == before


def test_file_whose_name_is_no_utf8_is_applied(db, backfill, write, prefix):
    ledger, _ = payments(prefix, 1)
    assert backfill("--ledger-file", write(os.fsdecode(b"caf\xe9.jsonl"), lines(*ledger))) == {"inserted": 2}


def test_standard_input_has_no_checkpoint(db, backfill, prefix):
    ledger, _ = payments(prefix, 20)
    checkpoints = db.value("select count(*) from bo.backfill_progress")
    assert backfill("--ledger-file", "-", data=lines(*ledger)) == {"inserted": 40}
    assert backfill("--ledger-file", "-", data=gzip.compress(lines(*ledger))) == {"duplicate": 40}
    assert db.value("select count(*) from bo.backfill_progress") == checkpoints


def test_latest_wins_over_the_file(db, backfill, write, prefix):
    newer, older = ledger_event(prefix, version=2), ledger_event(prefix, wallet_id="old")
    assert backfill("--ledger-file", write("newer", lines(newer))) == {"inserted": 1}
    assert backfill("--ledger-file", write("older", lines(older))) == {"stale": 1}
    assert backfill("--ledger-file", write("newest", lines({**newer, "version": 3}))) == {"updated": 1}


def test_record_timestamp_is_the_event_time(db, backfill, write, prefix):
    event = ledger_event(prefix, event_time="2026-02-05T01:02:03.456789Z")
    order = order_event(prefix, updated_at=None, created_at="2026-02-04T01:02:03Z")
    backfill("--ledger-file", write("ledger", lines(event)), "--payment-order-file", write("orders", lines(order)))
    same = "select record_timestamp = %s::timestamptz from bo."
    assert db.value(same + "ledger_entries where tx_id = %s", [event["event_time"], prefix])
    assert db.value(same + "payment_orders where order_id = %s", [order["created_at"], prefix])


def test_since_is_inclusive_and_until_exclusive(db, backfill, write, prefix):
    times = [f"2026-02-0{day}T00:00:00Z" for day in (4, 5, 6)]
    ledger = [ledger_event(f"{prefix}-{time[:10]}", event_time=time) for time in times]
    orders = [order_event(f"{prefix}-{time[:10]}", updated_at=time, created_at="2020-01-01T00:00:00Z") for time in times]
    files = ["--ledger-file", write("ledger", lines(*ledger)), "--payment-order-file", write("orders", lines(*orders))]
    assert backfill(*files, "--since", times[1], "--until", "2026-02-06") == {"inserted": 2, "skipped": 4}
    assert db.tx_ids(prefix) == {f"{prefix}-2026-02-05"}
    # Another window of the same file is other work: it does not go on where the first one ended.
    assert backfill(*files, "--until", times[1]) == {"inserted": 2, "skipped": 4}
    assert db.tx_ids(prefix) == {f"{prefix}-2026-02-04", f"{prefix}-2026-02-05"}


DEAD_LETTER = """
select topic, partition, "offset", payload, error, error_detail, key, record_timestamp, header_names
from bo.consumer_dlq_events where header_values = array[%s::bytea] order by "offset"
"""


def test_broken_lines_are_dead_letters_with_their_line(db, backfill, write, prefix):
    long = b'{"tx_id":"' + b"x" * 3_000_000 + b'"}'
    content = lines(ledger_event(prefix), b"", b"broken\xff", {"tx_id": prefix}, long) + b'{"cut'
    path = write("ledger", content)
    assert backfill("--ledger-file", path, EVENT_MAX_BYTES="2048") == {"inserted": 1, "dead_letters": 4}
    letters = db.rows(DEAD_LETTER, [str(path).encode()])
    assert [(offset, payload, error) for _, _, offset, payload, error, *_ in letters] == [
        (3, b"broken\xff", "parse_error"),
        (4, json.dumps({"tx_id": prefix}).encode(), "contract_core_violation"),
        (5, long[:2048], "parse_error"),
        (6, b'{"cut', "parse_error"),
    ]
    assert "3000012 bytes is larger than 2048" in letters[2][5]
    assert {(topic, key, time, *names) for topic, *_, key, time, names in letters} == {(LEDGER_TOPIC, None, None, b"backfill-file")}
    assert all(partition < 0 for _, partition, *_ in letters)
    # Again: no more of them. The same broken line at the same place of another file: one more.
    assert backfill("--ledger-file", path, EVENT_MAX_BYTES="2048") == {"duplicate": 1, "dead_letters": 4}
    assert len(db.rows(DEAD_LETTER, [str(path).encode()])) == 4
    other = write("other", lines(ledger_event(prefix), b"", b"broken\xff"))
    assert backfill("--ledger-file", other) == {"duplicate": 1, "dead_letters": 1}
    assert len(db.rows(DEAD_LETTER, [str(other).encode()])) == 1


def test_line_that_only_sql_refuses_is_a_dead_letter(db, backfill, write, prefix):
    path = write("orders", lines(*(order_event(f"{prefix}-{i}", user_id=prefix if i == 7 else "fine") for i in range(20))))
    db.execute(f"alter table bo.payment_orders add constraint no_poison check (user_id <> '{prefix}') not valid")
    try:
        assert backfill("--payment-order-file", path) == {"inserted": 19, "dead_letters": 1}
    finally:
        db.execute("alter table bo.payment_orders drop constraint no_poison")
    [(topic, _, line, _, error, *_)] = db.rows(DEAD_LETTER, [str(path).encode()])
    assert (topic, line, error) == (ORDER_TOPIC, 8, "internal_error")


def test_file_that_is_cut_off_is_told_and_what_is_whole_is_applied(stack, db, write, prefix):
    ledger, _ = payments(prefix, 5000)
    whole = gzip.compress(lines(*ledger))
    path = write("cut", whole[: len(whole) // 2])
    code, summary, errors = Backfill(stack, ["--ledger-file", path, "--workers", "8"], BACKFILL_BATCH_EVENTS="10").ended()
    assert (code, summary) == (2, None)
    assert "cut off" in errors
    whole_lines = int(re.search(rf"{re.escape(str(path))}: after line (\d+)", errors)[1])
    assert 0 < whole_lines < len(ledger)
    assert lines_applied(db, path) == len(db.tx_ids(prefix)) == whole_lines


@pytest.mark.parametrize("number, code", [(signal.SIGKILL, -9), (signal.SIGTERM, 130), (signal.SIGINT, 130)])
def test_goes_on_where_it_was_ended(stack, db, backfill, write, prefix, number, code):
    count = 300
    ledger, orders = payments(prefix, count)
    path = write("ledger.gz", lines(*ledger))
    with held_back(stack, ledger[250]["tx_id"]):
        running = Backfill(stack, ["--ledger-file", path, "--workers", "2"], BACKFILL_BATCH_EVENTS="10")
        # The worker that is not held back applies what follows: the position stands before the gap.
        eventually(lambda: ledger[-1]["tx_id"] in db.tx_ids(prefix))
        assert running.kill(number)[0] == code
        end_sessions(db)
    assert lines_applied(db, path) == 250
    path = path.rename(path.with_name("renamed.gz"))
    outcomes = backfill("--ledger-file", path)
    # The batch that was held back, and the one that its worker had read ahead.
    assert outcomes in ({"inserted": 10, "duplicate": 340}, {"inserted": 20, "duplicate": 330})
    backfill("--payment-order-file", write("orders", lines(*orders)))
    assert_applied(db, prefix, count)


def test_ends_when_it_is_told_to_though_the_database_is_frozen(stack, db, write, prefix):
    ledger, _ = payments(prefix, 20)
    impatient = {"DB_STATEMENT_TIMEOUT_MS": "500", "DB_ANSWER_TIMEOUT_MS": "1000", "DB_CONNECT_TIMEOUT_SEC": "1"}
    with held_back(stack, ledger[15]["tx_id"]):
        running = Backfill(stack, ["--ledger-file", write("ledger", lines(*ledger))], BACKFILL_BATCH_EVENTS="10", **impatient)
        eventually(lambda: ledger[9]["tx_id"] in db.tx_ids(prefix))
        with frozen(*server_processes(stack)):
            assert running.kill(signal.SIGINT)[0] == 130


def test_ends_when_it_is_told_to_though_the_database_is_slow(stack, db, write, prefix):
    ledger, _ = payments(prefix, 100)
    with slow_inserts(db):
        running = Backfill(stack, ["--ledger-file", write("ledger", lines(*ledger))], DB_STATEMENT_TIMEOUT_MS="200")
        eventually(lambda: db.tx_ids(prefix))
        code, summary, errors = running.kill(signal.SIGTERM)
    assert (code, summary["finished"]) == (130, False), errors
    assert 0 < summary["inserted"] == len(db.tx_ids(prefix)) < len(ledger)


def test_role_that_may_not_backfill_is_told_at_once(stack, write, prefix):
    ledger, _ = payments(prefix, 1)
    path = write("ledger.jsonl", lines(*ledger))
    code, summary, errors = Backfill(
        stack, ["--ledger-file", path], DATABASE_URL=stack.address("OPERATOR_DATABASE_URL")
    ).ended()
    assert (code, summary) == (2, None)
    assert "permission denied" in errors


def test_restart_and_an_edited_file_begin_anew(stack, db, backfill, write, prefix):
    ledger, _ = payments(prefix, 50)
    path = write("ledger", lines(*ledger))
    for arguments, content in (["--restart"], ledger), ([], [*ledger, ledger_event(prefix + "-new")]):
        with held_back(stack, prefix + "-new"):
            path.write_bytes(lines(*ledger, ledger_event(prefix + "-new", wallet_id="other")))
            running = Backfill(stack, ["--ledger-file", path, "--restart"], BACKFILL_BATCH_EVENTS="10")
            eventually(lambda: len(db.tx_ids(prefix)) == len(ledger))
            running.kill()
            end_sessions(db)
        path.write_bytes(lines(*content))
        outcomes = backfill("--ledger-file", path, *arguments)
        assert outcomes["duplicate"] == len(ledger)


def test_silent_pipe_ends_on_a_signal(stack):
    running = Backfill(stack, ["--ledger-file", "-"], subprocess.PIPE)
    running.process.stdin.write(lines(ledger_event("never applied")))
    running.process.stdin.flush()
    assert b"file begun" in running.process.stderr.readline()
    assert running.kill(signal.SIGTERM)[0] == 130


def test_pipe_that_nobody_writes_to_ends_on_a_signal(stack, tmp_path):
    os.mkfifo(tmp_path / "ledger")
    running = Backfill(stack, ["--ledger-file", tmp_path / "ledger"])
    eventually(lambda: awaits_signals(running.process))
    assert running.kill(signal.SIGTERM)[0] == 130


def test_database_that_is_away_is_waited_for(stack, db, write, prefix):
    ledger, _ = payments(prefix, 50)
    path = write("ledger", lines(*ledger))
    stack.run("stop", "postgres")
    running = Backfill(stack, ["--ledger-file", path])
    waiting = threading.Event()
    reader = threading.Thread(target=lambda: [waiting.set() for line in running.process.stderr if b"database away" in line])
    reader.start()
    assert waiting.wait(30)
    stack.run("start", "postgres")
    assert running.process.wait(60) == 0
    reader.join()
    assert len(db.tx_ids(prefix)) == 100


def test_beside_live_traffic_on_the_same_rows(stack, db, publisher, backfill, write, prefix):
    count = 1500
    ledger, orders = payments(prefix, count)
    deadlocks = "select deadlocks from pg_stat_database where datname = current_database()"
    before = db.value(deadlocks)
    together = threading.Barrier(2)

    def publish_newer():
        together.wait(30)
        for event in reversed(ledger):
            publisher.add(LEDGER_TOPIC, {**event, "version": 2}, key=event["tx_id"])
        for event in reversed(orders):
            publisher.add(ORDER_TOPIC, {**event, "version": 2}, key=event["order_id"])
        publisher.flush()

    live = threading.Thread(target=publish_newer)
    live.start()
    together.wait(30)
    files = ["--ledger-file", write("ledger", lines(*ledger)), "--payment-order-file", write("orders", lines(*orders))]
    outcomes = backfill(*files, "--workers", "2", BACKFILL_BATCH_EVENTS="200")
    live.join()
    assert sum(outcomes.values()) == 3 * count
    newest = """select (select count(*) from bo.ledger_entries where starts_with(tx_id, %(prefix)s) and source_version = 2)
                     + (select count(*) from bo.payment_orders where starts_with(order_id, %(prefix)s) and source_version = 2)"""
    eventually(lambda: db.value(newest, {"prefix": prefix}) == 3 * count, 60)
    assert_applied(db, prefix, count)
    assert db.value(deadlocks) == before


@pytest.mark.parametrize(
    "arguments, message",
    [
        ([], "--ledger-file"),
        (["--ledger-file", "-", "--payment-order-file", "-"], "standard input"),
        (["--ledger-file", "-", "--since", "yesterday"], "--since"),
        (["--ledger-file", "-", "--since", "2026-02-06", "--until", "2026-02-05"], "--until"),
        (["--ledger-file", "/nowhere/at-all"], "/nowhere/at-all: No such file"),
    ],
)
def test_wrong_arguments_are_refused(stack, arguments, message):
    code, summary, errors = Backfill(stack, arguments).ended()
    assert code != 0 and summary is None
    assert message in errors
