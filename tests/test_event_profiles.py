"""EVENT_PROFILE_ID chooses the topics and how their events are read."""

import os
import subprocess

import pytest

from support import BINARIES, eventually, ledger_event, metrics, order_event, unique

CONSUMER = BINARIES / "src/ingest/bo-sync-consumer"
PROFILE = "nsc-dev-v1"
LEDGER, ORDERS = "cdc-events", "order-events"


@pytest.fixture(scope="module")
def nsc_consumer(stack):
    """The consumer reads by the other profile."""
    stack.run("topics", LEDGER, ORDERS)
    stack.run("restart", "consumer", EVENT_PROFILE_ID=PROFILE)
    stack.run("wait", "consumer")
    yield
    stack.run("restart", "consumer")
    stack.run("wait", "consumer")


@pytest.fixture
def counted(stack):
    """The value of a consumer's metric with these labels; 0 when it has none."""

    def value(name, **labels):
        return sum(metrics(stack.address("CONSUMER_METRICS_URL"), name, **labels))

    return value


def test_events_of_its_topics_are_applied_and_counted_by_profile(nsc_consumer, publisher, db, counted):
    order_id, tx_id, broken = unique("po"), unique("tx"), unique("broken")
    by_profile = {"profile": PROFILE, "topic": LEDGER}
    publisher.publish(ORDERS, order_event(order_id))
    publisher.publish(
        LEDGER,
        ledger_event(tx_id, related_id=order_id, entry_type=None, type="PAYMENT", version=None, source_version=3),
        ledger_event(broken, amount=None),
    )
    eventually(lambda: db.row("select 1 from bo.payment_orders where order_id = %s", [order_id]))
    eventually(
        lambda: db.row("select entry_type, source_version from bo.ledger_entries where tx_id = %s", [tx_id]) == ("PAYMENT", 3)
    )
    letter = "select topic, error, profile_id from bo.consumer_dlq_events where key = %s"
    eventually(lambda: db.row(letter, [broken.encode()]) == (LEDGER, "contract_core_violation", PROFILE))

    eventually(lambda: counted("consumer_contract_profile_messages_total", **by_profile) == 2)
    eventually(lambda: counted("consumer_contract_profile_messages_total", profile=PROFILE, topic=ORDERS) == 1)
    assert counted("consumer_contract_alias_hit_total", alias="type", **by_profile) == 1
    assert counted("consumer_contract_alias_hit_total", alias="source_version", **by_profile) == 1
    assert counted("consumer_contract_core_violation_total", **by_profile) == 1


def test_faulty_profiles_stop_the_start_with_their_lines(tmp_path):
    profiles = tmp_path / "profiles.yaml"
    profiles.write_text(
        "canonical-v1:\n"
        "  ledger_entry: {topic: events}\n"
        "  payment_order: {topic: events}\n"
        "mine:\n"
        "  ledger_entry:\n"
        "    aliases: {colour: [color]}\n"
        "    require: [tx_id]\n"
    )
    started = subprocess.run(
        [CONSUMER, "consume"],
        env={
            **os.environ, "EVENT_PROFILES_FILE": str(profiles),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "KAFKA_BROKERS": "127.0.0.1:1",
        },
        capture_output=True, text=True, timeout=60,
    )
    assert started.returncode == 2
    assert [line.strip() for line in started.stderr.splitlines()[1:]] == [
        f"EVENT_PROFILES_FILE: {profiles}:1: canonical-v1 has one topic for both kinds of events: 'events'",
        f"EVENT_PROFILES_FILE: {profiles}:6: unknown field 'colour'",
        f"EVENT_PROFILES_FILE: {profiles}:7: unknown key 'require' of ledger_entry",
    ]
