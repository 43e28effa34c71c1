"""Plain events: every payment is two ledger halves and one order, each its own message with its own key."""

import json
from dataclasses import dataclass

from confluent_kafka import Producer

EVENTS_PER_PAYMENT = 3
FLUSH_SEC = 60


@dataclass(frozen=True)
class Topics:
    """A pair of topics of this benchmark."""

    name: str

    @property
    def ledger(self):
        return f"bench.{self.name}.ledger"

    @property
    def orders(self):
        return f"bench.{self.name}.orders"

    def settings(self):
        return {"LEDGER_TOPIC": self.ledger, "PAYMENT_ORDER_TOPIC": self.orders}

    def create(self, stack):
        stack.command("topics", self.ledger, self.orders)


def events(topics, payments):
    """(topic, key, payload) of so many payments, the three events of each one after the other."""
    for number in range(payments):
        order_id = f"po-{topics.name}-{number:08d}"
        amount = f"{number % 10000 + 1}.00"
        at = f"2026-02-05T{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}"
        for entry_type, sign in (("PAYMENT", "-"), ("RECEIVE", "")):
            tx_id = f"tx-{topics.name}-{number:08d}-{entry_type[0]}"
            yield topics.ledger, tx_id, {
                "tx_id": tx_id, "wallet_id": f"wallet-{entry_type[0]}-{number % 5000:05d}", "entry_type": entry_type,
                "amount": amount, "amount_signed": sign + amount, "related_id": order_id,
                "related_type": "PAYMENT_ORDER", "event_time": f"{at}Z", "updated_at": f"{at}.500Z", "version": 1}
        yield topics.orders, order_id, {
            "order_id": order_id, "user_id": f"user-{number % 5000:05d}", "merchant_name": f"MERCHANT-{number % 100:03d}",
            "amount": amount, "status": "SETTLED", "created_at": f"{at}Z", "updated_at": f"{at}.500Z", "version": 1}


def payments_for(event_count):
    return -(-event_count // EVENTS_PER_PAYMENT)


def publish(stack, topics, payments):
    """All acknowledged when it returns; returns how many events."""
    topics.create(stack)
    failed = []
    producer = Producer({"bootstrap.servers": stack.brokers, "acks": "all", "linger.ms": 50,
                         "queue.buffering.max.messages": 100_000})
    count = 0
    for topic, key, event in events(topics, payments):
        while True:
            try:
                producer.produce(topic, json.dumps(event), key, on_delivery=lambda error, _: error and failed.append(error))
                break
            except BufferError:
                producer.poll(0.1)
        producer.poll(0)
        count += 1
    if producer.flush(FLUSH_SEC) or failed:
        raise RuntimeError(f"not all events were published: {failed[:1] or 'timed out'}")
    return count
