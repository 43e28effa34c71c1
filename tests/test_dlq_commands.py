"""Dead letters come back: found, understood, replayed, discarded and pruned by the commands that operators have."""

import contextlib
import json
import os
import signal
import subprocess

import psycopg
import pytest

from support import BINARIES, LEDGER_TOPIC, eventually, ledger_event, unique

EXIT_DONE, EXIT_SOME_FAILED, EXIT_REFUSED, EXIT_INTERRUPTED = 0, 1, 2, 130
PATIENCE = {"DB_LOCK_TIMEOUT_MS": "60000", "DB_STATEMENT_TIMEOUT_MS": "60000"}
EVERYTHING = """
select array_agg(line order by line) from (
  select 'letter ' || letter::text from bo.consumer_dlq_events as letter
  union all select 'entry ' || entry::text from bo.ledger_entries as entry
  union all select 'pair ' || pair::text from bo.payment_ledger_pairs as pair
  union all select 'action ' || action::text from bo.dlq_actions as action
) as everything (line)
"""


class Dlq:
    """The commands, as an operator runs them."""

    def __init__(self, stack):
        self.environment = {**os.environ, "DATABASE_URL": stack.address("OPERATOR_DATABASE_URL")}

    def start(self, *arguments, command=("dlq",), **settings):
        return subprocess.Popen(
            [BINARIES / "src/ingest/bo-sync-consumer", *command, *map(str, arguments)],
            env={**self.environment, **settings}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )

    def run(self, *arguments, **options):
        """Exit code, lines of JSON, and what was said beside them."""
        return finish(self.start(*arguments, **options))

    def done(self, *arguments, **options):
        code, lines, said = self.run(*arguments, **options)
        assert code == EXIT_DONE, said
        return lines


def finish(process):
    out, err = process.communicate(timeout=60)
    return process.returncode, [json.loads(line) for line in out.splitlines()], err


@pytest.fixture
def dlq(stack):
    return Dlq(stack)


@pytest.fixture
def letter(db, publisher):
    """Publishes what is no event; returns its key and the id of its letter."""

    def publish(payload, headers=None):
        key = unique("tx")
        publisher.add(LEDGER_TOPIC, payload.replace(b"KEY", key.encode()), key=key, headers=headers)
        publisher.flush()
        find = "select dlq_id from bo.consumer_dlq_events where key = %s"
        return key, eventually(lambda: db.value(find, [key.encode()]))

    return publish


@pytest.fixture
def refused(db, publisher):
    """Publishes events that the tables refuse only for now; returns [(dlq_id, tx_id)] in the order of the ids."""

    def publish(count):
        prefix = unique("refused")
        find = "select dlq_id, convert_from(key, 'UTF8') from bo.consumer_dlq_events where starts_with(encode(key, 'escape'), %s) order by 1"
        db.execute(f"alter table bo.ledger_entries add constraint not_now check (wallet_id <> '{prefix}') not valid")
        try:
            publisher.ledger(*(ledger_event(f"{prefix}-{number}", wallet_id=prefix) for number in range(count)))
            eventually(lambda: len(db.rows(find, [prefix])) == count)
        finally:
            db.execute("alter table bo.ledger_entries drop constraint not_now")
        return db.rows(find, [prefix])

    return publish


@pytest.fixture
def stored(db):
    """Columns of a letter."""
    return lambda dlq_id, columns: db.row(f"select {columns} from bo.consumer_dlq_events where dlq_id = %s", [dlq_id])


@pytest.fixture
def actions(db):
    return lambda ids, columns="outcome": db.rows(
        f"select {columns} from bo.dlq_actions where dlq_id = any(%s) order by action_id", [list(ids)]
    )


def span(letters):
    return ("--from-id", letters[0][0], "--to-id", letters[-1][0])


@contextlib.contextmanager
def held_up(stack, tx_id):
    """Meanwhile nobody gets past this entry."""
    insert = "select bo.upsert_ledger_entry(%s, 'w', 'PAYMENT', 1, null, null, null, now(), now(), null, 0, now())"
    with psycopg.connect(stack.address("CONSUMER_DATABASE_URL")) as connection:
        connection.execute(insert, [tx_id])
        yield
        connection.rollback()


def waits_for_lock(db):
    return db.value("select count(*) from pg_stat_activity where usename = 'bo_operator' and wait_event_type = 'Lock'")


def test_broken_event_is_found_mended_and_looked_up(dlq, letter, stored, db, api, tmp_path):
    broken = b'{"tx_id":"KEY","wallet_id":"wallet-s3cret","entry_type":"PAYMENT","amount":"ten","event_time":"2026-02-05T01:00:00Z"}'
    key, dlq_id = letter(broken, headers=[("trace", b"s3cret")])
    assert api.get(f"/admin/tx/{key}").status_code == 404

    (group,) = dlq.done("list", "--error", "contract_core_violation", "--id", dlq_id)
    assert (group["letters"], group["example_id"], group["topic"]) == (1, dlq_id, LEDGER_TOPIC)
    (shown,) = dlq.done("show", "--id", dlq_id)
    assert "s3cret" not in json.dumps(shown) and key not in json.dumps(shown)
    assert shown["payload"]["amount"] == "text(3)" and "amount" in shown["error_detail"]
    (raw,) = dlq.done("show", "--id", dlq_id, "--raw", "--reason", "ticket 7")

    mended = tmp_path / "mended.json"
    mended.write_text(raw["payload"].replace('"ten"', '"10.00"'))
    (result,) = dlq.done("replay", "--id", dlq_id, "--with-payload", mended, "--reason", "amount was spelled out")
    assert (result["outcome"], result["status"]) == ("inserted", "RESOLVED")
    assert api.found(f"/admin/tx/{key}")["amount"] == "10.00"

    assert stored(dlq_id, "payload, status") == (broken.replace(b"KEY", key.encode()), "RESOLVED")
    replacement = stored(result["replaced_by"], "payload, replaces, record_timestamp")
    (record_timestamp,) = stored(dlq_id, "record_timestamp")
    assert replacement == (mended.read_bytes(), dlq_id, record_timestamp)
    assert db.value("select record_timestamp from bo.ledger_entries where tx_id = %s", [key]) == record_timestamp


def test_values_are_shown_only_for_a_reason_and_on_record(dlq, letter, actions):
    _, dlq_id = letter(b"no JSON")
    assert dlq.run("show", "--id", dlq_id, "--raw")[0] != EXIT_DONE
    assert dlq.run("show", "--id", dlq_id, "--raw", "--reason", " ")[0] == EXIT_REFUSED
    assert actions([dlq_id]) == []
    dlq.done("show", "--id", dlq_id, "--raw", "--reason", "ticket 7", "--actor", "alice")
    assert actions([dlq_id], "actor, login_role, action, reason") == [("alice", "bo_operator", "SHOW_RAW", "ticket 7")]


def test_dry_run_tells_and_changes_nothing(dlq, refused, letter, db):
    sound = refused(3)
    _, broken = letter(b"{}")
    before = db.value(EVERYTHING)
    code, lines, _ = dlq.run("replay", "--from-id", sound[0][0], "--to-id", broken, "--dry-run")
    assert code == EXIT_SOME_FAILED
    assert all(line["dry_run"] for line in lines)
    outcomes = {line["dlq_id"]: line["outcome"] for line in lines}
    assert outcomes == {**{dlq_id: "inserted" for dlq_id, _ in sound}, broken: "failed"}
    discarded = dlq.done("discard", *span(sound), "--reason", "a trial", "--dry-run")
    assert [line["dlq_id"] for line in discarded] == [dlq_id for dlq_id, _ in sound]
    assert db.value(EVERYTHING) == before


def test_letter_in_other_hands_is_passed_over(stack, dlq, refused, db, actions):
    letters = refused(4)
    with held_up(stack, letters[0][1]):
        slow = dlq.start("replay", *span(letters), **PATIENCE)
        eventually(lambda: waits_for_lock(db))
        others = dlq.done("replay", *span(letters))
    assert [line["dlq_id"] for line in others] == [dlq_id for dlq_id, _ in letters[1:]]
    code, first, _ = finish(slow)
    assert (code, [line["dlq_id"] for line in first]) == (EXIT_DONE, [letters[0][0]])
    assert actions([dlq_id for dlq_id, _ in letters]) == [("inserted",)] * len(letters)


def test_operators_side_by_side_replay_each_letter_once(dlq, refused, actions, db):
    letters = refused(300)
    results = [finish(process) for process in [dlq.start("replay", *span(letters)) for _ in range(3)]]
    assert [code for code, _, _ in results] == [EXIT_DONE] * 3, results
    replayed = [line["dlq_id"] for _, lines, _ in results for line in lines]
    assert sorted(replayed) == [dlq_id for dlq_id, _ in letters]
    assert actions([dlq_id for dlq_id, _ in letters]) == [("inserted",)] * len(letters)


def test_killed_replay_leaves_its_letter_as_it_was(stack, dlq, refused, stored, db, actions):
    letters = refused(5)
    with held_up(stack, letters[2][1]):
        killed = dlq.start("replay", *span(letters), **PATIENCE)
        eventually(lambda: waits_for_lock(db))
        killed.send_signal(signal.SIGKILL)
        code, lines, _ = finish(killed)
        assert (code, [line["dlq_id"] for line in lines]) == (-signal.SIGKILL, [dlq_id for dlq_id, _ in letters[:2]])
    eventually(lambda: db.value("select count(*) = 0 from pg_stat_activity where usename = 'bo_operator'"))
    assert [stored(dlq_id, "status, attempts") for dlq_id, _ in letters] == [("RESOLVED", 2)] * 2 + [("OPEN", 1)] * 3

    rest = dlq.done("replay", *span(letters))
    assert [line["dlq_id"] for line in rest] == [dlq_id for dlq_id, _ in letters[2:]]
    assert actions([dlq_id for dlq_id, _ in letters]) == [("inserted",)] * len(letters)


def test_interrupted_replay_ends_after_a_letter_and_can_be_gone_on_with(dlq, refused, stored):
    letters = refused(20)
    process = dlq.start("replay", *span(letters), "--rate", 2)
    first = json.loads(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    code, lines, said = finish(process)
    done = 1 + len(lines)
    assert (code, first["dlq_id"]) == (EXIT_INTERRUPTED, letters[0][0])
    assert done < len(letters)
    assert f"--from-id {letters[done - 1][0] + 1}" in said
    assert [stored(dlq_id, "status")[0] for dlq_id, _ in letters] == ["RESOLVED"] * done + ["OPEN"] * (len(letters) - done)
    rest = dlq.done("replay", "--from-id", letters[done][0], "--to-id", letters[-1][0])
    assert len(rest) == len(letters) - done


def test_maximum_is_kept_to(dlq, refused):
    letters = refused(5)
    assert len(dlq.done("replay", *span(letters), "--max", 2)) == 2
    assert len(dlq.done("discard", *span(letters), "--max", 2, "--reason", "enough")) == 2
    assert [group["letters"] for group in dlq.done("list", *span(letters))] == [1]


def test_letter_that_fails_too_often_is_parked(dlq, letter, stored):
    _, dlq_id = letter(b"{}")
    attempts = [dlq.run("replay", "--id", dlq_id, DLQ_MAX_ATTEMPTS="3") for _ in range(3)]
    assert [(code, [line["outcome"] for line in lines]) for code, lines, _ in attempts] == [
        (EXIT_SOME_FAILED, ["failed"]), (EXIT_SOME_FAILED, ["parked"]), (EXIT_DONE, []),
    ]
    assert stored(dlq_id, "status, attempts") == ("PARKED", 3)
    code, (line,), _ = dlq.run("replay", "--id", dlq_id, "--status", "PARKED")
    assert (code, line["attempts"]) == (EXIT_SOME_FAILED, 4)


def test_event_that_the_tables_still_refuse_fails_again(dlq, refused, db, stored):
    ((dlq_id, tx_id),) = refused(1)
    db.execute(f"alter table bo.ledger_entries add constraint never check (tx_id <> '{tx_id}') not valid")
    try:
        code, (line,), _ = dlq.run("replay", "--id", dlq_id)
    finally:
        db.execute("alter table bo.ledger_entries drop constraint never")
    assert (code, line["outcome"], line["error"]) == (EXIT_SOME_FAILED, "failed", "internal_error")
    assert (stored(dlq_id, "status"), db.tx_ids(tx_id)) == (("OPEN",), set())


def test_fault_of_the_environment_counts_no_attempt(dlq, refused, db, stored, actions):
    ((dlq_id, _),) = refused(1)
    db.execute("revoke insert on bo.ledger_entries from bo_owner")
    try:
        assert dlq.run("replay", "--id", dlq_id)[0] == EXIT_REFUSED
    finally:
        db.execute("grant insert on bo.ledger_entries to bo_owner")
    assert (stored(dlq_id, "status, attempts"), actions([dlq_id])) == (("OPEN", 1), [])


def test_discard_needs_a_reason_and_a_choice(dlq, letter, stored, actions):
    _, dlq_id = letter(b"")
    assert dlq.run("discard", "--id", dlq_id)[0] != EXIT_DONE
    assert dlq.run("discard", "--id", dlq_id, "--reason", " ")[0] == EXIT_REFUSED
    assert dlq.run("discard", "--reason", "clean desk")[0] == EXIT_REFUSED
    assert stored(dlq_id, "status") == ("OPEN",)
    dlq.done("discard", "--id", dlq_id, "--reason", "a test of the producer")
    assert stored(dlq_id, "status") == ("DISCARDED",)
    assert actions([dlq_id], "action, reason") == [("DISCARD", "a test of the producer")]


def test_replay_dlq_is_dlq_replay(dlq, refused):
    ((dlq_id, _),) = refused(1)
    (line,) = dlq.done("--id", dlq_id, command=["replay-dlq"])
    assert line["outcome"] == "inserted"


def test_letter_that_is_opened_again_meanwhile_is_not_pruned(stack, dlq, letter, stored, db):
    _, dlq_id = letter(b"{")
    dlq.done("discard", "--id", dlq_id, "--reason", "a test")
    fail = "select bo.replay_dead_letter(%s, null, null, 'parse_error', 'cut off', null, 5, 'alice', null)"
    with psycopg.connect(stack.address("OPERATOR_DATABASE_URL")) as operator:
        operator.execute(fail, [dlq_id])
        pruning = dlq.start("prune", "--days", 0, **PATIENCE)
        eventually(lambda: waits_for_lock(db) or pruning.poll() is not None)
        assert pruning.poll() is None, "pruned without waiting"
    assert finish(pruning)[0] == EXIT_DONE
    assert stored(dlq_id, "status") == ("OPEN",)


def test_consumer_prunes_what_was_closed_long_ago(stack, dlq, letter, stored, db):
    _, closed = letter(b"closed")
    _, open_one = letter(b"open")
    dlq.done("discard", "--id", closed, "--reason", "a test")
    db.execute("update bo.consumer_dlq_events set ingested_at = ingested_at - interval '3 days'")
    db.execute("update bo.consumer_dlq_events set resolved_at = now() - interval '2 days' where dlq_id = %s", [closed])
    stack.run("restart", "consumer", DLQ_RETENTION_DAYS="1", DLQ_PRUNE_INTERVAL_SEC="1")
    try:
        eventually(lambda: stored(closed, "status") is None)
        assert stored(open_one, "status") == ("OPEN",)
    finally:
        stack.run("restart", "consumer")
