"""Pairs that differ from the ledger are found and mended, beside the consumer."""

import json
import os
import signal
import subprocess

import pytest

from support import BINARIES, LEDGER_TOPIC, eventually, ledger_event, metrics, unique

CONSUMER = BINARIES / "src/ingest/bo-sync-consumer"


@pytest.fixture
def start_repair(stack):
    """Starts `bo-sync-consumer repair-pairs` with these arguments."""

    def start(*arguments):
        return subprocess.Popen(
            [CONSUMER, "repair-pairs", *arguments],
            env={**os.environ, "DATABASE_URL": stack.address("OPERATOR_DATABASE_URL")},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )

    return start


@pytest.fixture
def repair(start_repair):
    """Runs it; returns the pairs it wrote, by order, and its last line of standard error."""

    def run(*arguments):
        output, told = (process := start_repair(*arguments)).communicate(timeout=60)
        assert process.returncode == 0, told
        return by_order(output), told.splitlines()[-1]

    return run


@pytest.fixture
def orders(publisher, db):
    """Five orders of one PAYMENT each, ascending, applied."""
    prefix = unique("po")
    ids = [f"{prefix}-{number}" for number in range(5)]
    publisher.ledger(*(ledger_event("tx-" + order_id, related_id=order_id) for order_id in ids))
    eventually(lambda: db.value("select count(*) from bo.payment_ledger_pairs where payment_order_id = any(%s)", [ids]) == 5)
    yield ids
    db.execute("select bo.repair_pairs(%s)", [ids])


def by_order(output):
    return {pair["payment_order_id"]: pair for pair in map(json.loads, output.splitlines())}


def break_pairs(db, order_ids):
    db.execute("update bo.payment_ledger_pairs set payer_wallet_id = 'wrong' where payment_order_id = any(%s)", [order_ids])


def wrong_pairs(db, order_ids):
    rows = db.rows("select payment_order_id from bo.payment_ledger_pairs where payer_wallet_id = 'wrong' and payment_order_id = any(%s)", [order_ids])
    return sorted(order_id for (order_id,) in rows)


def test_dry_run_tells_what_repair_then_does_once(repair, orders, db):
    broken = orders[:2]
    break_pairs(db, broken)
    arguments = [word for order_id in orders for word in ("--order-id", order_id)]

    told, summary = repair(*arguments, "--dry-run")
    assert summary == "5 orders checked, 2 pairs would be repaired"
    assert sorted(told) == broken
    pair = told[broken[0]]
    assert (pair["repaired"], pair["before"]["payer_wallet_id"], pair["after"]["payer_wallet_id"]) == (
        False, "wrong", "wallet-tx-" + broken[0],
    )
    assert wrong_pairs(db, orders) == broken

    done, summary = repair(*arguments)
    assert summary == "5 orders checked, 2 pairs repaired"
    assert {order_id: {**pair, "repaired": True} for order_id, pair in told.items()} == done
    assert wrong_pairs(db, orders) == []
    assert repair(*arguments) == ({}, "5 orders checked, 0 pairs repaired")


def test_without_arguments_everything_is_repaired(repair, orders, db):
    break_pairs(db, orders[1:4])
    done, _ = repair("--chunk-orders", "2")
    assert set(orders) & set(done) == set(orders[1:4])
    assert wrong_pairs(db, orders) == []


def test_only_orders_touched_since_a_time_are_repaired(repair, orders, publisher, db):
    break_pairs(db, orders)
    tx_id = "tx-" + orders[0]
    publisher.ledger(ledger_event(tx_id, related_id=orders[0], version=2))
    version = "select source_version from bo.ledger_entries where tx_id = %s"
    eventually(lambda: db.value(version, [tx_id]) == 2)
    break_pairs(db, orders[:1])
    since = db.value("select to_json(ingested_at) #>> '{}' from bo.ledger_entries where tx_id = %s", [tx_id])

    done, _ = repair("--since", since)
    assert set(orders) & set(done) == {orders[0]}
    assert wrong_pairs(db, orders) == orders[1:]


def test_interrupted_repair_ends_after_its_chunk_and_can_be_gone_on_with(start_repair, repair, orders, db):
    break_pairs(db, orders)
    arguments = [word for order_id in orders for word in ("--order-id", order_id)] + ["--chunk-orders", "2"]
    with db.connect() as blocker:
        blocker.execute("select from bo.payment_ledger_pairs where payment_order_id = %s for update", [orders[1]])
        process = start_repair(*arguments)
        waiting = "select count(*) from pg_stat_activity where usename = 'bo_operator' and wait_event_type = 'Lock'"
        eventually(lambda: db.value(waiting) == 1, what="the first chunk waits for its lock")
        process.send_signal(signal.SIGINT)
        blocker.rollback()
    output, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert sorted(by_order(output)) == orders[:2]
    assert f"--from '{orders[1]}'" in told
    assert wrong_pairs(db, orders) == orders[2:]

    done, summary = repair(*arguments, "--from", orders[1])
    assert (sorted(done), summary) == (orders[2:], "3 orders checked, 3 pairs repaired")


def test_a_chunk_that_waits_too_long_for_a_lock_fails_and_tells_how_to_go_on(start_repair, orders, db):
    break_pairs(db, orders)
    arguments = [word for order_id in orders for word in ("--order-id", order_id)] + ["--chunk-orders", "1"]
    with db.connect() as blocker:
        blocker.execute("select from bo.payment_ledger_pairs where payment_order_id = %s for update", [orders[2]])
        process = start_repair(*arguments)
        output, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert sorted(by_order(output)) == orders[:2]
    assert f"--from '{orders[1]}'" in told


def test_repair_beside_live_corrections_leaves_no_drift_and_no_deadlock(start_repair, publisher, db):
    prefix = unique("po")
    order_ids = [f"{prefix}-{number:03}" for number in range(200)]
    tx_ids = [f"tx-{order_id}-{side}" for order_id in order_ids for side in ("PAYMENT", "RECEIVE")]
    deadlocks = "select deadlocks from pg_stat_database where datname = current_database()"
    before = db.value(deadlocks)
    everywhere = [word for order_id in order_ids for word in ("--order-id", order_id)] + ["--chunk-orders", "10"]

    def publish(version):
        """Every entry moves on by one order with each version, against the order of the repair."""
        for number, tx_id in reversed(list(enumerate(tx_ids))):
            order_id = order_ids[(number // 2 + version) % len(order_ids)]
            event = ledger_event(tx_id, entry_type=tx_id.rsplit("-", 1)[1], related_id=order_id, version=version)
            publisher.add(LEDGER_TOPIC, event, key=tx_id)
        publisher.flush()

    applied = "select count(*) from bo.ledger_entries where tx_id = any(%s) and source_version = %s"
    for version in range(1, 11):
        publish(version)
        break_pairs(db, order_ids[::7])
        process = start_repair(*everywhere)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told
    eventually(lambda: db.value(applied, [tx_ids, 10]) == len(tx_ids))
    process = start_repair(*everywhere)
    assert (process.communicate(timeout=60), process.returncode)[1] == 0

    assert db.rows("select * from bo.repair_pairs(%s, p_dry_run => true)", [order_ids]) == []
    complete = "select count(*) from bo.payment_ledger_pairs where payment_order_id = any(%s) and pairing_status = 'COMPLETE'"
    assert db.value(complete, [order_ids]) == len(order_ids)
    assert db.value(deadlocks) == before


def test_bad_arguments_are_refused(start_repair):
    for arguments in (["--since", "yesterday"], ["--since", "2026-02-05T01:00:00Z", "--order-id", "po-1"], ["--chunk-orders", "0"]):
        _, told = (process := start_repair(*arguments)).communicate(timeout=60)
        assert process.returncode != 0 and arguments[0] in told


@pytest.fixture
def watching_consumer(stack):
    """The consumer looks at all pairs every second."""
    stack.run("restart", "consumer", PAIR_CHECK_INTERVAL_SEC="1", PAIR_CHECK_ORDERS="100000")
    yield
    stack.run("restart", "consumer")
    stack.run("wait", "consumer")


def test_drift_is_a_metric_of_the_one_process_that_watches(watching_consumer, stack, orders, db):
    def drift():
        return metrics(stack.address("CONSUMER_METRICS_URL"), "pairing_drift")

    eventually(lambda: drift() == [0])
    with db.connect() as other:
        other.execute("set role bo_consumer")
        assert other.execute("select * from bo.watch_pairs(10)").fetchone() == (None, None), "another session must not watch too"
    break_pairs(db, orders[:3])
    eventually(lambda: drift() == [3])
    db.execute("select bo.repair_pairs(%s)", [orders])
    eventually(lambda: drift() == [0])
