"""Processes die, databases go back in time: nothing acknowledged is lost, and nobody has to help."""

import contextlib
import json
import os
import signal
import subprocess
import time

import pytest

from streams import applied, assert_all_applied, assert_goes_on, is_running, stream_of
from support import (
    GROUP_ID, ROOT, Consumer, Database, committed_offsets, eventually, frozen, ledger_event, log_ends, no_ledger_entry_can_be_written,
    stored_offsets, unique,
)

STOP_SECONDS = 5


def test_stream_survives_a_crash_of_the_database(stack, db, publisher, count_dead_letters):
    dead_letters, consumer = count_dead_letters(), stack.pid("consumer")
    with stream_of(publisher) as stream:
        assert_goes_on(db, stream)
        stack.run("kill", "postgres")
        stack.run("start", "postgres")
        assert_goes_on(db, stream)
    assert_all_applied(db, stream)
    assert (count_dead_letters(), stack.pid("consumer")) == (dead_letters, consumer)
    assert is_running(consumer)


def test_stream_survives_a_restart_of_the_broker(stack, db, publisher, count_dead_letters):
    dead_letters, consumer = count_dead_letters(), stack.pid("consumer")
    with stream_of(publisher) as stream:
        assert_goes_on(db, stream)
        stack.run("restart", "kafka")
        assert_goes_on(db, stream)
    assert_all_applied(db, stream)
    assert (count_dead_letters(), stack.pid("consumer")) == (dead_letters, consumer)
    assert is_running(consumer)


def test_stream_survives_a_crash_of_the_consumer(stack, db, publisher, count_dead_letters):
    dead_letters = count_dead_letters()
    with stream_of(publisher) as stream:
        for _ in range(2):
            assert_goes_on(db, stream)
            stack.run("kill", "consumer")
            stack.run("start", "consumer")
        assert_goes_on(db, stream)
    assert_all_applied(db, stream)
    assert count_dead_letters() == dead_letters


def test_broken_environment_sends_nothing_to_the_dead_letters(stack, db, publisher, api, count_dead_letters):
    """Without the right to write nothing is an event's fault: it waits."""
    dead_letters, tx_id = count_dead_letters(), unique("tx")
    with no_ledger_entry_can_be_written(db):
        refused = "select count(*) from pg_stat_database where datname = current_database() and xact_rollback > %s"
        rollbacks = db.value("select xact_rollback from pg_stat_database where datname = current_database()")
        publisher.ledger(ledger_event(tx_id))
        eventually(lambda: db.value(refused, [rollbacks + 2]), what="several attempts have failed")
        assert (count_dead_letters(), db.tx_ids(tx_id)) == (dead_letters, set())
    eventually(lambda: db.tx_ids(tx_id))
    assert count_dead_letters() == dead_letters


def test_emptied_database_fills_again(stack, db, publisher):
    with stream_of(publisher, 200) as stream:
        stream.enough.set()
    assert_all_applied(db, stream)
    stack.run("stop", "consumer")
    db.execute("truncate bo.ledger_entries, bo.payment_orders, bo.payment_ledger_pairs, bo.consumer_progress")
    stack.run("start", "consumer")
    assert_all_applied(db, stream)


def test_database_of_an_earlier_point_catches_up(stack, db, publisher, api):
    earlier = publish_payments(publisher, db)
    admin = Database(db.url.rsplit("/", 1)[0] + "/postgres")
    stack.run("stop", "consumer", "api")
    admin.execute("create database earlier template tx_lookup")
    stack.run("start", "consumer", "api")
    later = publish_payments(publisher, db)
    stack.run("stop", "consumer")
    admin.execute("drop database tx_lookup with (force)")
    admin.execute("alter database earlier rename to tx_lookup")
    assert applied(db, later) == (0, 0, 0)
    stack.run("start", "consumer")
    assert_all_applied(db, later)
    assert_all_applied(db, earlier)
    api.found(f"/admin/tx/{later.prefix}-0-a", lambda body: body["pairing_status"] == "COMPLETE")


def test_database_that_is_swapped_under_the_consumer_catches_up(stack, db, publisher):
    admin = Database(db.url.rsplit("/", 1)[0] + "/postgres")
    stack.run("stop", "consumer", "api")
    admin.execute("create database earlier template tx_lookup")
    stack.run("start", "consumer", "api")
    later = publish_payments(publisher, db)
    # It finds its connection lost, and the next one is to another past.
    with frozen(stack.pid("consumer")):
        admin.execute("drop database tx_lookup with (force)")
        admin.execute("alter database earlier rename to tx_lookup")
        assert applied(db, later) == (0, 0, 0)
    assert_all_applied(db, later)


def test_what_the_log_still_has_is_read_after_a_gap(stack, db, publisher):
    """Also where a partition of which nothing is known would begin at the end."""
    ledger, orders, prefix, group = unique("ledger"), unique("orders"), unique("tx"), unique("group")
    stack.run("topics", ledger, orders)
    settings = {"LEDGER_TOPIC": ledger, "PAYMENT_ORDER_TOPIC": orders, "KAFKA_GROUP_ID": group}
    publisher.publish(ledger, *(ledger_event(f"{prefix}-{number}") for number in range(3)), partition=0)
    with Consumer(stack, **settings):
        eventually(lambda: len(db.tx_ids(prefix)) == 3, 60)
    publisher.publish(ledger, *(ledger_event(f"{prefix}-{number}") for number in range(3, 8)), partition=0)
    expire(stack, ledger, 5)
    with Consumer(stack, **settings, CONSUMER_OFFSET_RESET="latest"):
        eventually(lambda: len(db.tx_ids(prefix)) == 6, 60)


def expire(stack, topic, offset):
    """Deletes the records of partition 0 before this offset, as retention does."""
    path = stack.run_dir / "expired.json"
    path.write_text(json.dumps({"version": 1, "partitions": [{"topic": topic, "partition": 0, "offset": offset}]}))
    subprocess.run(
        ["bash", "-c", ". scripts/lib/load.sh && kafka_java org.apache.kafka.tools.DeleteRecordsCommand "
         '--bootstrap-server "$(kafka_brokers)" --offset-json-file "$1"', "expire", path],
        cwd=ROOT, env={**os.environ, "RUN_DIR": str(stack.run_dir)}, check=True, capture_output=True, timeout=60,
    )


def publish_payments(publisher, db):
    with stream_of(publisher, 200) as stream:
        stream.enough.set()
    assert_all_applied(db, stream)
    return stream


@pytest.mark.parametrize("stop_signal", [signal.SIGTERM, signal.SIGINT])
def test_stop_signal_ends_it_soon_with_everything_committed(stack, db, publisher, stop_signal):
    publisher.ledger(*(ledger_event(unique("tx")) for _ in range(100)))
    ends = log_ends(stack)
    with Consumer(stack) as consumer:
        eventually(lambda: stored_offsets(db, consumer.group_id) == ends, 60)
        consumer.process.send_signal(stop_signal)
        assert consumer.process.wait(STOP_SECONDS) == 0
        assert committed_offsets(stack, consumer.group_id) == ends


def test_stop_in_the_middle_of_a_stream_commits_what_was_applied(stack, db, publisher):
    with stream_of(publisher) as stream, Consumer(stack, BATCH_MAX_EVENTS="10") as consumer:
        eventually(lambda: any(stored_offsets(db, consumer.group_id).values()))
        consumer.process.terminate()
        assert consumer.process.wait(STOP_SECONDS) == 0
        assert committed_offsets(stack, consumer.group_id) == {**dict.fromkeys(log_ends(stack), 0), **stored_offsets(db, consumer.group_id)}
        stream.enough.set()
    assert_all_applied(db, stream)


def test_stop_while_the_database_is_away_is_not_delayed(stack, db, publisher):
    with Consumer(stack) as consumer:
        ends = log_ends(stack)
        eventually(lambda: stored_offsets(db, consumer.group_id) == ends, 60)
        stack.run("kill", "postgres")
        try:
            publisher.ledger(ledger_event(unique("tx")))
            consumer.process.terminate()
            assert consumer.process.wait(STOP_SECONDS) in (0, 1)
        finally:
            stack.run("start", "postgres")
        assert committed_offsets(stack, consumer.group_id) == ends


@pytest.mark.parametrize("most", [1, 137])
def test_max_messages_end_it(stack, publisher, most):
    publisher.ledger(*(ledger_event(unique("tx")) for _ in range(200)))
    with Consumer(stack, "--max-messages", str(most)) as consumer:
        assert consumer.process.wait(60) == 0
        assert sum(committed_offsets(stack, consumer.group_id).values()) == most


def test_max_messages_end_it_on_the_last_record_that_there_is(stack, db, publisher):
    ledger, orders = unique("ledger"), unique("orders")
    stack.run("topics", ledger, orders)
    publisher.publish(ledger, *(ledger_event(unique("tx")) for _ in range(3)))
    with Consumer(stack, "--max-messages", "3", LEDGER_TOPIC=ledger, PAYMENT_ORDER_TOPIC=orders) as consumer:
        assert consumer.process.wait(60) == 0
        assert sum(stored_offsets(db, consumer.group_id).values()) == 3


@pytest.fixture
def waiting(stack, publisher):
    """Topics with three ledger entries."""
    ledger, orders, prefix = unique("ledger"), unique("orders"), unique("tx")
    stack.run("topics", ledger, orders)
    publisher.publish(ledger, *(ledger_event(f"{prefix}-{number}") for number in range(3)))
    return prefix, {"LEDGER_TOPIC": ledger, "PAYMENT_ORDER_TOPIC": orders, "RETRY_BACKOFF_MAX_MS": "500"}


def tried_in_vain(consumer, times):
    eventually(lambda: consumer.log_text().count("database away") >= times, 60)


def test_max_messages_are_those_that_were_applied(stack, db, waiting):
    prefix, topics = waiting
    with no_ledger_entry_can_be_written(db) as end, Consumer(stack, "--max-messages", "3", **topics) as consumer:
        tried_in_vain(consumer, 3)
        end()
        assert consumer.process.wait(60) == 0
        assert len(db.tx_ids(prefix)) == 3


def test_max_messages_end_workers_that_have_no_records(stack, db, publisher, waiting):
    prefix, topics = waiting
    publisher.publish(topics["LEDGER_TOPIC"], *(ledger_event(f"{prefix}-more-{number}") for number in range(50)), partition=0)
    with Consumer(stack, "--max-messages", "10", **topics, CONSUMER_WORKERS="8") as consumer:
        assert consumer.process.wait(60) == 0
        assert sum(stored_offsets(db, consumer.group_id).values()) == 10


def test_idle_seconds_end_it_with_everything_applied(stack, publisher):
    publisher.ledger(ledger_event(unique("tx")))
    with Consumer(stack, "--max-idle-seconds", "2") as consumer:
        assert consumer.process.wait(60) == 0
        assert committed_offsets(stack, consumer.group_id) == log_ends(stack)


def test_idle_seconds_do_not_pass_while_the_database_is_away(stack, db, waiting):
    prefix, topics = waiting
    rarely = {**topics, "RETRY_BACKOFF_MS": "3000", "RETRY_BACKOFF_MAX_MS": "3000"}
    with no_ledger_entry_can_be_written(db) as end, Consumer(stack, "--max-idle-seconds", "1", **rarely) as consumer:
        tried_in_vain(consumer, 2)
        end()
        assert consumer.process.wait(60) == 0
        assert len(db.tx_ids(prefix)) == 3


def test_idle_seconds_do_not_pass_while_the_broker_is_away(stack, db, waiting):
    prefix, topics = waiting
    with contextlib.ExitStack() as silence:
        silence.enter_context(frozen(stack.pid("kafka")))
        with Consumer(stack, "--max-idle-seconds", "1", **topics) as consumer:
            eventually(lambda: "broker away" in consumer.log_text(), 60)
            silence.close()
            assert consumer.process.wait(60) == 0
            assert len(db.tx_ids(prefix)) == 3


def test_idle_seconds_do_not_pass_while_the_group_is_waited_for(stack, db, waiting):
    """A member that was killed keeps its partitions until its session is over."""
    prefix, topics = waiting
    group = {**topics, "KAFKA_GROUP_ID": unique("group"), "KAFKA_SESSION_TIMEOUT_MS": "6000"}
    with Consumer(stack, **group) as killed:
        eventually(lambda: len(db.tx_ids(prefix)) == 3, 60)
        killed.process.kill()
        killed.process.wait()
    db.execute("delete from bo.consumer_progress where group_id = %s", [group["KAFKA_GROUP_ID"]])
    with Consumer(stack, "--max-idle-seconds", "1", **group) as consumer:
        assert consumer.process.wait(60) == 0
        assert sum(stored_offsets(db, group["KAFKA_GROUP_ID"]).values()) == 3


def test_idle_seconds_end_workers_without_partitions(stack, db, waiting):
    prefix, topics = waiting
    with Consumer(stack, "--max-idle-seconds", "1", **topics, CONSUMER_WORKERS="12") as consumer:
        assert consumer.process.wait(60) == 0
        assert len(db.tx_ids(prefix)) == 3


def test_records_that_are_read_again_are_counted_once(stack, db, waiting):
    prefix, topics = waiting
    counted = {"topic": topics["LEDGER_TOPIC"]}
    with no_ledger_entry_can_be_written(db) as end, Consumer(stack, **topics) as consumer:
        tried_in_vain(consumer, 3)
        end()
        eventually(lambda: consumer.metrics("consumer_messages_total", status="inserted", **counted) == [3], 60)
        eventually(lambda: consumer.metrics("consumer_contract_profile_messages_total", **counted) == [3])
        assert len(db.tx_ids(prefix)) == 3


def test_event_lag_is_that_of_the_oldest_record(stack, publisher, waiting):
    _, topics = waiting
    an_hour_ago = int(time.time() * 1000) - 3_600_000
    publisher.publish(topics["LEDGER_TOPIC"], ledger_event(unique("tx")), partition=0)
    publisher.publish(topics["LEDGER_TOPIC"], ledger_event(unique("tx")), partition=0, timestamp=an_hour_ago)
    with Consumer(stack, **topics, BATCH_MAX_WAIT_MS="2000") as consumer:
        eventually(lambda: consumer.metrics("consumer_event_lag_seconds_sum", topic=topics["LEDGER_TOPIC"]) >= [3600], 60)


def test_groups_of_two_processes_share_the_partitions(stack, db, publisher):
    """The second process joins the group of the stack, then dies: nothing is lost by either."""
    with stream_of(publisher) as stream:
        with Consumer(stack, KAFKA_GROUP_ID=GROUP_ID, KAFKA_SESSION_TIMEOUT_MS="6000") as second:
            eventually(lambda: second.partitions() > 0, 60, what="the second process has partitions")
            assert_goes_on(db, stream)
        assert_goes_on(db, stream)
    assert_all_applied(db, stream)
