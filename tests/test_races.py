"""Transactions that overlap where it hurts: the outcome is that of one after the other."""

import concurrent.futures
import contextlib
import threading

import psycopg
import pytest

from support import eventually, unique

TIME = "2026-02-05T01:00:00Z"
UPSERT = "select bo.upsert_ledger_entry(%s, %s, %s, 1, null, %s, null, %s, %s, null, %s, %s)"
ARRAY = "array[%s]::bo.ledger_event[]"
ROW = "row(%s, %s, %s, 1, null, %s, null, %s, %s, null, %s, %s)"
BATCH = "select bo.apply_batch(null, null, %s, null, null)"


def entry(tx_id, entry_type, order_id, version=1):
    return (tx_id, "wallet-" + tx_id, entry_type, order_id, TIME, TIME, version, TIME)


def upsert(connection, *entry):
    return connection.execute(UPSERT, entry).fetchone()[0]


def apply(connection, entries):
    statement = BATCH % (ARRAY % ", ".join([ROW] * len(entries)))
    connection.execute(statement, [value for entry in entries for value in entry])


@pytest.fixture
def sessions(stack):
    """Two sessions of the consumer's role, each in a transaction of its own."""
    with contextlib.ExitStack() as stack_of_sessions:
        yield [stack_of_sessions.enter_context(psycopg.connect(stack.address("CONSUMER_DATABASE_URL"))) for _ in range(2)]


@pytest.fixture
def in_background():
    """Runs a function in a thread; its future is returned."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        yield pool.submit


def is_blocked(db, session):
    return db.value("select wait_event_type = 'Lock' from pg_stat_activity where pid = %s", [session.info.backend_pid])


def overlap(db, sessions, in_background, first, second):
    """`first` in an open transaction; `second` begins, is seen waiting for it, and goes on when it has committed."""
    one, two = sessions
    first(one)
    future = in_background(second, two)
    eventually(lambda: future.done() or is_blocked(db, two), what="the second transaction waits")
    assert not future.done(), "the second transaction did not wait for the first"
    one.commit()
    result = future.result(timeout=20)
    two.commit()
    return result


def pair(db, order_id):
    return db.row(
        "select payment_tx_id, receive_tx_id, pairing_status from bo.payment_ledger_pairs where payment_order_id = %s", [order_id]
    )


def assert_no_drift(db, *order_ids):
    assert db.rows("select * from bo.repair_pairs(%s, p_dry_run => true)", [list(order_ids)]) == []


def test_both_halves_in_open_transactions_end_complete(db, sessions, in_background):
    order_id, payment, receive = unique("po"), unique("tx-a"), unique("tx-b")
    overlap(
        db, sessions, in_background,
        lambda session: upsert(session, *entry(payment, "PAYMENT", order_id)),
        lambda session: upsert(session, *entry(receive, "RECEIVE", order_id)),
    )
    assert pair(db, order_id) == (payment, receive, "COMPLETE")
    assert_no_drift(db, order_id)


def test_half_that_is_rolled_back_leaves_no_trace(db, sessions, in_background):
    order_id, payment, receive = unique("po"), unique("tx-a"), unique("tx-b")
    one, two = sessions
    upsert(one, *entry(payment, "PAYMENT", order_id))
    future = in_background(upsert, two, *entry(receive, "RECEIVE", order_id))
    eventually(lambda: is_blocked(db, two))
    one.rollback()
    future.result(timeout=20)
    two.commit()
    assert pair(db, order_id) == (None, receive, "INCOMPLETE")
    assert_no_drift(db, order_id)


@pytest.mark.parametrize(
    ("versions", "outcome", "winner"), [((1, 2), "updated", 2), ((2, 1), "stale", 2), ((1, 1), "duplicate", 1)]
)
def test_same_new_entry_in_both_keeps_the_greater_version(db, sessions, in_background, versions, outcome, winner):
    order_id, tx_id = unique("po"), unique("tx")
    first, second = versions
    result = overlap(
        db, sessions, in_background,
        lambda session: upsert(session, *entry(tx_id, "PAYMENT", order_id, first)),
        lambda session: upsert(session, *entry(tx_id, "PAYMENT", order_id, second)),
    )
    assert result == outcome
    assert db.value("select source_version from bo.ledger_entries where tx_id = %s", [tx_id]) == winner
    assert db.value("select payment_entry_count from bo.payment_ledger_pairs where payment_order_id = %s", [order_id]) == 1
    assert_no_drift(db, order_id)


def test_same_new_entry_for_two_orders_stays_with_the_winner(db, sessions, in_background):
    old_order, new_order, tx_id = unique("po-a"), unique("po-b"), unique("tx")
    overlap(
        db, sessions, in_background,
        lambda session: upsert(session, *entry(tx_id, "PAYMENT", old_order, 1)),
        lambda session: upsert(session, *entry(tx_id, "PAYMENT", new_order, 2)),
    )
    assert (pair(db, old_order), pair(db, new_order)) == (None, (tx_id, None, "INCOMPLETE"))
    assert_no_drift(db, old_order, new_order)


@pytest.mark.parametrize("correction_first", [True, False])
def test_correction_races_an_insert_into_the_old_order(db, sessions, in_background, correction_first):
    old_order, new_order, moved, inserted = unique("po-a"), unique("po-b"), unique("tx-a"), unique("tx-b")
    upsert(sessions[0], *entry(moved, "PAYMENT", old_order))
    sessions[0].commit()
    steps = [
        lambda session: upsert(session, *entry(moved, "PAYMENT", new_order, 2)),
        lambda session: upsert(session, *entry(inserted, "RECEIVE", old_order)),
    ]
    overlap(db, sessions, in_background, *(steps if correction_first else reversed(steps)))
    assert pair(db, old_order) == (None, inserted, "INCOMPLETE")
    assert pair(db, new_order) == (moved, None, "INCOMPLETE")
    assert_no_drift(db, old_order, new_order)


@pytest.mark.parametrize("correction_first", [True, False])
def test_correction_races_the_runner_up_of_its_slot(db, sessions, in_background, correction_first):
    old_order, new_order = unique("po-a"), unique("po-b")
    first, second = unique("tx-a"), unique("tx-b")
    upsert(sessions[0], *entry(first, "PAYMENT", old_order))
    sessions[0].commit()
    steps = [
        lambda session: upsert(session, *entry(first, "PAYMENT", new_order, 2)),
        lambda session: upsert(session, *entry(second, "PAYMENT", old_order)),
    ]
    overlap(db, sessions, in_background, *(steps if correction_first else reversed(steps)))
    assert pair(db, old_order) == (second, None, "INCOMPLETE")
    assert pair(db, new_order) == (first, None, "INCOMPLETE")
    assert_no_drift(db, old_order, new_order)


def test_correction_of_a_correction_leaves_the_order_in_between(db, sessions, in_background):
    orders, tx_id = [unique(f"po-{i}") for i in range(3)], unique("tx")
    upsert(sessions[0], *entry(tx_id, "PAYMENT", orders[0]))
    sessions[0].commit()
    overlap(
        db, sessions, in_background,
        lambda session: upsert(session, *entry(tx_id, "PAYMENT", orders[1], 2)),
        lambda session: upsert(session, *entry(tx_id, "PAYMENT", orders[2], 3)),
    )
    assert [pair(db, order) for order in orders] == [None, None, (tx_id, None, "INCOMPLETE")]
    assert_no_drift(db, *orders)


def test_repair_races_the_other_half(db, stack, sessions, in_background):
    order_id, payment, receive = unique("po"), unique("tx-a"), unique("tx-b")
    upsert(sessions[0], *entry(payment, "PAYMENT", order_id))
    sessions[0].commit()
    db.execute("update bo.payment_ledger_pairs set payer_wallet_id = 'wrong' where payment_order_id = %s", [order_id])
    with psycopg.connect(stack.address("OPERATOR_DATABASE_URL")) as operator:
        repair = "select count(*) from bo.repair_pairs(%s)"
        overlap(
            db, [sessions[0], operator], in_background,
            lambda session: upsert(session, *entry(receive, "RECEIVE", order_id)),
            lambda session: session.execute(repair, [[order_id]]),
        )
    assert pair(db, order_id) == (payment, receive, "COMPLETE")
    assert_no_drift(db, order_id)


def test_opposite_key_order_does_not_deadlock(db, sessions, in_background):
    prefix, orders = unique("tx"), [unique("po") for _ in range(3)]
    keys = [f"{prefix}-{i}" for i in range(6)]

    def batch(version):
        return [entry(key, "PAYMENT" if i % 2 else "RECEIVE", orders[(i + version) % 3], version) for i, key in enumerate(keys)]

    overlap(
        db, sessions, in_background,
        lambda session: apply(session, batch(1)),
        lambda session: apply(session, batch(2)[::-1]),
    )
    assert db.rows("select distinct source_version from bo.ledger_entries where tx_id = any(%s)", [keys]) == [(2,)]
    assert_no_drift(db, *orders)


def test_many_batches_in_opposite_order_do_not_deadlock(db, sessions, in_background):
    prefix, orders = unique("tx"), [unique("po") for _ in range(8)]
    keys = [f"{prefix}-{i}" for i in range(32)]
    rounds, together = 100, threading.Barrier(2)

    def write(session, step, first_version):
        for number in range(rounds):
            version = first_version + 2 * number
            entries = [entry(key, "PAYMENT", orders[(i + version) % 8], version) for i, key in enumerate(keys)]
            together.wait(timeout=20)
            apply(session, entries[::step])
            session.commit()

    writers = [in_background(write, session, step, first) for session, step, first in zip(sessions, (1, -1), (1, 2))]
    for writer in writers:
        writer.result(timeout=60)
    assert db.rows("select distinct source_version from bo.ledger_entries where tx_id = any(%s)", [keys]) == [(2 * rounds,)]
    assert_no_drift(db, *orders)
