"""The table of docs/outages.md: what happens when something that the consumer needs fails or changes. One test a row."""

import contextlib
import json
import os
import subprocess
import tempfile

import confluent_kafka
import confluent_kafka.admin
import psycopg
import pytest

from streams import assert_all_applied, assert_goes_on, is_running, stream_of
from support import (
    GROUP_ID, LEDGER_TOPIC, Consumer, eventually, frozen, ledger_event, log_ends, metrics, server_processes, slow_inserts,
    stored_offsets, unique,
)

STOP_SECONDS = 5


def log_of(stack):
    return (stack.run_dir / "log" / "consumer.log").read_text(errors="replace")


@contextlib.contextmanager
def consumer_untouched(stack, count_dead_letters):
    """The process of the stack neither ends nor makes dead letters meanwhile."""
    consumer, dead_letters = stack.pid("consumer"), count_dead_letters()
    yield
    assert (stack.pid("consumer"), count_dead_letters()) == (consumer, dead_letters)
    assert is_running(consumer)


def waits_with(stack, sqlstate):
    """True as soon as the consumer's log, from now on, tells that it waits because of this SQLSTATE."""
    seen = len(log_of(stack))
    return lambda: f'"sqlstate":"{sqlstate}"' in log_of(stack)[seen:]


# The topics


def test_topic_that_is_missing_leaves_the_other_its_progress(stack, db):
    caught_up = "select count(*) from bo.consumer_progress where group_id = %s and applied_through is not null"
    with Consumer(stack, LEDGER_TOPIC=unique("absent")) as consumer:
        eventually(lambda: db.value(caught_up, [consumer.group_id]) > 0, 60)


def test_timestamp_that_is_no_time_counts_as_none(stack, db, publisher):
    topic, tx_id = unique("ledger"), unique("tx")
    stack.run("topics", topic)
    as_before_kafka_4 = {"message.timestamp.after.max.ms": str(2**63 - 1)}
    admin = confluent_kafka.admin.AdminClient(stack.kafka_client())
    for change in admin.alter_configs([confluent_kafka.admin.ConfigResource("topic", topic, as_before_kafka_4)]).values():
        change.result()
    publisher.publish(topic, ledger_event(tx_id), ledger_event(tx_id + "-2"), timestamp=1_790_000_000_000_000_000)
    with Consumer(stack, LEDGER_TOPIC=topic):
        eventually(lambda: db.tx_ids(tx_id) == {tx_id, tx_id + "-2"}, 60)
    assert db.value("select record_timestamp = event_time from bo.ledger_entries where tx_id = %s", [tx_id])


# The group


def test_more_workers_than_partitions_share_them_and_the_rest_wait(stack, db, publisher):
    with stream_of(publisher) as stream, Consumer(stack, KAFKA_GROUP_ID=GROUP_ID, CONSUMER_WORKERS="12", KAFKA_SESSION_TIMEOUT_MS="6000") as many:
        eventually(lambda: many.partitions() > 0, 60)
        assert_goes_on(db, stream)
        assert many.process.poll() is None
    assert_all_applied(db, stream)


def test_partitions_are_told_by_the_member_that_has_them(stack):
    group = {"KAFKA_GROUP_ID": unique("shared")}
    with Consumer(stack, **group) as first:
        eventually(lambda: first.partitions() == 8, 60)
        with Consumer(stack, **group) as second:
            eventually(lambda: second.partitions() == 4, 60)
            eventually(lambda: first.partitions() == 4, what="those that went are told no more")


def test_members_come_and_go_and_die_under_load(stack, db, publisher, count_dead_letters):
    with consumer_untouched(stack, count_dead_letters), stream_of(publisher) as stream:
        for leave in (lambda process: process.terminate(), lambda process: process.kill()):
            with Consumer(stack, KAFKA_GROUP_ID=GROUP_ID, CONSUMER_WORKERS="2", KAFKA_SESSION_TIMEOUT_MS="6000") as member:
                eventually(lambda: member.partitions() > 0, 60)
                assert_goes_on(db, stream)
                leave(member.process)
                member.process.wait(30)
            assert_goes_on(db, stream)
    assert_all_applied(db, stream)


def test_static_member_that_comes_back_in_time_moves_no_partitions(stack, publisher):
    group = {"KAFKA_GROUP_ID": unique("static"), "KAFKA_SESSION_TIMEOUT_MS": "45000"}
    with Consumer(stack, **group, KAFKA_GROUP_INSTANCE_ID="one") as other:
        eventually(lambda: other.log_text().count("partitions assigned") == 1, 60)
        with Consumer(stack, **group, KAFKA_GROUP_INSTANCE_ID="two") as first:
            eventually(lambda: first.partitions() and "partitions assigned" in first.log_text(), 60)
            eventually(lambda: other.log_text().count("partitions assigned") == 2, 60, what="the first has given up some")
        with Consumer(stack, **group, KAFKA_GROUP_INSTANCE_ID="two") as second:
            eventually(lambda: "partition begun" in second.log_text(), 60)
        assert other.log_text().count("partitions assigned") == 2


def test_process_whose_member_id_another_takes_ends(stack):
    """Two with one id would push each other out for ever."""
    group = {"KAFKA_GROUP_ID": unique("fenced"), "KAFKA_GROUP_INSTANCE_ID": "one"}
    with Consumer(stack, **group) as first:
        eventually(lambda: "partition begun" in first.log_text(), 60)
        with Consumer(stack, **group) as second:
            assert first.process.wait(60) == 1
            assert "fenced, joining again" in first.log_text()
            eventually(lambda: second.partitions() > 0, 60)


def test_partitions_lost_by_a_frozen_member_are_applied_by_another_and_its_late_batch_is_harmless(stack, db, publisher):
    with stream_of(publisher) as stream:
        with Consumer(stack, KAFKA_GROUP_ID=GROUP_ID, KAFKA_SESSION_TIMEOUT_MS="6000") as member:
            eventually(lambda: member.partitions() > 0, 60)
            with frozen(member.process.pid):
                assert_goes_on(db, stream)
            assert_goes_on(db, stream)
            assert member.process.poll() is None
    assert_all_applied(db, stream)


# The broker


def test_transactions_of_producers_are_read_to_the_end(stack, db):
    """What ends a log may be marks of a transaction; an aborted one is nothing."""
    producer = confluent_kafka.Producer(stack.kafka_client(**{"transactional.id": unique("tx")}))
    producer.init_transactions(30)
    committed, aborted = unique("committed"), unique("aborted")
    for key, end in ((committed, producer.commit_transaction), (aborted, producer.abort_transaction)):
        producer.begin_transaction()
        producer.produce(LEDGER_TOPIC, json.dumps(ledger_event(key)), key=key)
        producer.flush(30)  # an abort that is sooner than the record leaves nothing to abort
        end(30)
    eventually(lambda: db.tx_ids(committed))
    eventually(lambda: stored_offsets(db, GROUP_ID) == log_ends(stack), what="progress reaches the ends of the logs")
    assert db.tx_ids(aborted) == set()


def test_broker_that_stalls_is_waited_for(stack, db, publisher, count_dead_letters):
    page = stack.address("CONSUMER_METRICS_URL")
    with consumer_untouched(stack, count_dead_letters), stream_of(publisher) as stream:
        assert_goes_on(db, stream)
        with frozen(stack.pid("kafka")):
            eventually(lambda: max(metrics(page, "consumer_freshness_seconds"), default=0) > 9, 60, what="the answers grow old, beyond the session of 6 s too")
        assert_goes_on(db, stream)
    assert_all_applied(db, stream)


@pytest.mark.parametrize("membership", [{"KAFKA_GROUP_INSTANCE_ID": "one"}, {}], ids=["static", "dynamic"])
def test_member_outlives_a_broker_that_is_silent_for_longer_than_its_session(stack, db, publisher, membership):
    with Consumer(stack, KAFKA_SESSION_TIMEOUT_MS="6000", **membership) as member:
        with stream_of(publisher) as stream:
            eventually(lambda: member.partitions() > 0, 60)
            with frozen(stack.pid("kafka")):
                eventually(lambda: "session timed out" in member.log_text(), 60)
            assert_goes_on(db, stream)
        eventually(lambda: stored_offsets(db, member.group_id) == log_ends(stack), 60, what="the member reads to the end")
        assert member.process.poll() is None
    assert_all_applied(db, stream)


SILENCES = 5  # each may fence, and three fences in a minute would be too many


def test_static_member_outlives_one_silence_of_the_broker_after_another(stack, db, publisher):
    """Each fences it by its former self, whose commit is answered last; that is not another process that has its id."""
    topic = unique("ledger")
    stack.run("topics", topic)
    with Consumer(stack, KAFKA_SESSION_TIMEOUT_MS="6000", KAFKA_GROUP_INSTANCE_ID="one", LEDGER_TOPIC=topic) as member:
        for silences in range(SILENCES):
            eventually(lambda: member.log_text().count("partitions assigned") > silences, 60)
            tx_id = unique("tx")
            publisher.publish(topic, ledger_event(tx_id))
            eventually(lambda: db.tx_ids(tx_id), 60)
            with frozen(stack.pid("kafka")):  # before the offset is committed
                eventually(lambda: member.log_text().count("session timed out") > silences, 60)
        eventually(lambda: member.log_text().count("partitions assigned") > SILENCES, 60)
        assert "fenced, joining again" in member.log_text()
        assert member.process.poll() is None


def test_stop_while_the_broker_is_silent_is_not_delayed(stack, db):
    with Consumer(stack) as consumer:
        eventually(lambda: stored_offsets(db, consumer.group_id) == log_ends(stack), 60)
        with frozen(stack.pid("kafka")):
            consumer.process.terminate()
            assert consumer.process.wait(STOP_SECONDS + 1) in (0, 1)


# The database


def test_failover_of_the_database_is_waited_for(stack, db, publisher, count_dead_letters):
    """Refused, then there but read-only, then back."""
    with consumer_untouched(stack, count_dead_letters), stream_of(publisher) as stream:
        assert_goes_on(db, stream)
        db.execute("alter system set default_transaction_read_only = on")
        read_only = waits_with(stack, "25006")
        stack.run("kill", "postgres")
        stack.run("start", "postgres")
        eventually(read_only, 60)
        with psycopg.connect(db.url, autocommit=True, options="-c default_transaction_read_only=off") as admin:
            admin.execute("alter system reset default_transaction_read_only")
            admin.execute("select pg_reload_conf()")
        assert_goes_on(db, stream)
    assert_all_applied(db, stream)


IMPATIENT = {"DB_STATEMENT_TIMEOUT_MS": "500", "DB_ANSWER_TIMEOUT_MS": "1000", "DB_CONNECT_TIMEOUT_SEC": "1"}


def newest_session(db):
    """The process of the database that serves the consumer of the test."""
    newest = "select pid from pg_stat_activity where application_name = 'bo-sync-consumer' order by backend_start desc limit 1"
    return db.value(newest)


@contextlib.contextmanager
def without_consumer(stack):
    """That of the stack, which would apply the same."""
    stack.run("stop", "consumer")
    try:
        yield
    finally:
        stack.run("start", "consumer")


def test_session_that_is_frozen_is_given_up_for_another(stack, db, publisher):
    tx_id = unique("tx")
    with without_consumer(stack), Consumer(stack, **IMPATIENT, PAIR_CHECK_ORDERS="0") as consumer:
        eventually(lambda: stored_offsets(db, consumer.group_id) == log_ends(stack), 60)
        with frozen(newest_session(db)):
            publisher.ledger(ledger_event(tx_id))
            eventually(lambda: db.tx_ids(tx_id), 60)
            assert "no answer within 1000 ms" in consumer.log_text()


def test_server_that_is_frozen_is_waited_for(stack, db, publisher):
    tx_id = unique("tx")
    with Consumer(stack, **IMPATIENT) as consumer:
        eventually(lambda: stored_offsets(db, consumer.group_id) == log_ends(stack), 60)
        with frozen(*server_processes(stack)):
            publisher.ledger(ledger_event(tx_id))
            eventually(lambda: not consumer.is_ready(), 60)
        eventually(consumer.is_ready, 60)
        eventually(lambda: stored_offsets(db, consumer.group_id) == log_ends(stack), 60)
    assert db.tx_ids(tx_id)


def test_stop_while_the_server_is_frozen_is_orderly(stack, db):
    with Consumer(stack, **IMPATIENT) as consumer:
        eventually(lambda: stored_offsets(db, consumer.group_id) == log_ends(stack), 60)
        with frozen(*server_processes(stack)):
            eventually(lambda: not consumer.is_ready(), 60)
            consumer.process.terminate()
            assert consumer.process.wait(STOP_SECONDS + 1) == 0


def test_stop_that_would_wait_for_the_frozen_server_ends_in_time_with_an_error(stack, db, publisher):
    with Consumer(stack, DB_ANSWER_TIMEOUT_MS="60000", CONSUMER_STOP_TIMEOUT_MS="500", CONSUMER_PROGRESS_INTERVAL_MS="50") as consumer:
        eventually(lambda: stored_offsets(db, consumer.group_id) == log_ends(stack), 60)
        with frozen(*server_processes(stack)):
            publisher.ledger(ledger_event(unique("tx")))
            eventually(lambda: sum(consumer.metrics("consumer_kafka_lag")) > 0)
            consumer.process.terminate()
            assert consumer.process.wait(STOP_SECONDS + 1) == 1
        assert '"message":"not drained in time","timeout_ms":500' in consumer.log_text()


@contextlib.contextmanager
def small_disk(stack, db):
    """A file system of 48 MiB that holds the ledger entries, as long as this goes on."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a file system")
    place = tempfile.mkdtemp(dir=(stack.run_dir / "postgres").resolve().parent)  # where the server's user gets to
    options = "size=48m,mode=0700,uid=postgres,gid=postgres"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=True)
    try:
        db.execute(f"create tablespace small location '{place}'")
        db.execute("alter table bo.ledger_entries set tablespace small")
        yield
    finally:
        db.execute("alter table bo.ledger_entries set tablespace pg_default")
        db.execute("drop tablespace if exists small")
        subprocess.run(["umount", place], check=True)
        os.rmdir(place)


def test_full_disk_of_the_database_is_waited_for(stack, db, publisher, count_dead_letters):
    with consumer_untouched(stack, count_dead_letters), small_disk(stack, db), stream_of(publisher) as stream:
        assert_goes_on(db, stream)
        full = waits_with(stack, "53100")
        db.execute("create table public.filler (bytes text) tablespace small")
        try:
            db.execute("alter table public.filler alter bytes set storage external")
            with contextlib.suppress(psycopg.errors.DiskFull):
                for _ in range(1000):
                    db.execute("insert into public.filler select repeat('x', 100000) from generate_series(1, 10)")
            with contextlib.suppress(psycopg.errors.DiskFull):
                for _ in range(1000):
                    db.execute("insert into public.filler select 'x'")
            eventually(full, 60)
        finally:
            db.execute("drop table public.filler")
        assert_goes_on(db, stream)
    assert_all_applied(db, stream)


def test_locks_that_take_too_long_are_waited_for(stack, db, publisher, count_dead_letters):
    with consumer_untouched(stack, count_dead_letters), stream_of(publisher) as stream:
        assert_goes_on(db, stream)
        waiting = waits_with(stack, "55P03")
        with psycopg.connect(db.url) as other:
            other.execute("lock table bo.payment_orders in access exclusive mode")
            eventually(waiting, 60)
        assert_goes_on(db, stream)
    assert_all_applied(db, stream)


def test_batch_that_takes_too_long_is_halved(stack, db, publisher, count_dead_letters):
    dead_letters, prefix = count_dead_letters(), unique("slow")
    stack.run("stop", "consumer")
    publisher.ledger(*(ledger_event(f"{prefix}-{number}") for number in range(100)))
    with slow_inserts(db):
        stack.run("start", "consumer", DB_STATEMENT_TIMEOUT_MS="1000")
        eventually(lambda: len(db.tx_ids(prefix)) == 100, 60)
    assert '"message":"batch halved"' in (stack.run_dir / "log" / "consumer.log").read_text()
    stack.run("restart", "consumer")
    assert count_dead_letters() == dead_letters


@contextlib.contextmanager
def slow_consumer(stack, db, publisher, *partitions, **settings):
    """Of the ledger events of each partition, which all wait, at three at most for each statement; and the topic."""
    ledger, orders = unique("ledger"), unique("orders")
    stack.run("topics", ledger, orders)
    for number, events in enumerate(partitions):
        publisher.publish(ledger, *events, partition=number)
    settings |= {"LEDGER_TOPIC": ledger, "PAYMENT_ORDER_TOPIC": orders, "DB_STATEMENT_TIMEOUT_MS": "200", "BATCH_MAX_WAIT_MS": "1000"}
    with slow_inserts(db), Consumer(stack, **settings) as consumer:
        yield consumer, ledger


def test_database_that_has_become_slow_is_given_less_at_a_time(stack, db, publisher):
    tx_id = unique("slow")
    events = [ledger_event(f"{tx_id}-{number}") for number in range(60)]
    with slow_consumer(stack, db, publisher, events, BATCH_MAX_EVENTS="20") as (consumer, _):
        eventually(lambda: len(db.tx_ids(tx_id)) == 60, 60)
        assert consumer.log_text().count('"message":"batch halved","records":20,') == 1
        [small_batches] = consumer.metrics("consumer_batch_records_bucket", le="10")
        assert small_batches > 0


def test_event_that_only_sql_refuses_is_found_though_the_database_is_slow(stack, db, publisher, database_that_refuses):
    tx_id = unique("slow")
    events = [ledger_event(f"{tx_id}-{number}", wallet_id=database_that_refuses if number == 13 else "fine") for number in range(30)]
    with slow_consumer(stack, db, publisher, events) as (_, topic):
        eventually(lambda: len(db.tx_ids(tx_id)) == 29, 60)
        letters = db.rows('select "offset", error from bo.consumer_dlq_events where topic = %s', [topic])
        assert letters == [(13, "internal_error")]


def test_slow_progress_is_progress_to_the_watchdog(stack, db, publisher):
    tx_id = unique("slow")
    partitions = [[ledger_event(f"{tx_id}-{partition}-{number}") for number in range(120)] for partition in range(2)]
    with slow_consumer(stack, db, publisher, *partitions, BATCH_MAX_EVENTS="120", WATCHDOG_TIMEOUT_SEC="5") as (consumer, _):
        eventually(lambda: len(db.tx_ids(tx_id)) == 240 or not is_running(consumer.process.pid), 60)
        assert "no progress though" not in consumer.log_text()


# The program itself


def test_program_that_hangs_ends_with_an_error(stack, db, publisher):
    """A backend that is frozen never answers; the watchdog sees that all else is fine."""
    ledger, orders, tx_id = unique("ledger"), unique("orders"), unique("tx")
    stack.run("topics", ledger, orders)  # a backlog would be patience that is not for it
    with Consumer(stack, WATCHDOG_TIMEOUT_SEC="3", LEDGER_TOPIC=ledger, PAYMENT_ORDER_TOPIC=orders) as consumer:
        publisher.publish(ledger, ledger_event(tx_id))
        eventually(lambda: db.tx_ids(tx_id), 60)
        with frozen(newest_session(db)):
            publisher.publish(ledger, *(ledger_event(unique("hang")) for _ in range(20)))
            assert consumer.process.wait(60) == 1
        assert "no progress though broker and database answer" in consumer.log_text()
