"""A serial oracle: hostile streams of events, and the rows that any order of applying them must leave."""

import json
import random

LEDGER_COLUMNS = (
    "tx_id, wallet_id, entry_type, amount, amount_signed, related_id, related_type, event_time, created_at, updated_at,"
    " source_version, record_timestamp"
)
ORDER_COLUMNS = "order_id, user_id, merchant_name, amount, status, created_at, updated_at, source_version, record_timestamp"
PAIR_COLUMNS = (
    "payment_order_id, payment_tx_id, receive_tx_id, payer_wallet_id, payee_wallet_id, pairing_status, payment_entry_count,"
    " receive_entry_count, has_extra_entries"
)


def time_at(tick):
    """All of one width, so that their order as texts is that of the times."""
    return f"2026-02-05T01:00:{tick:02}.000000Z"


class Stream:
    """A small hostile stream: few ids, few versions, few times, so that everything collides."""

    def __init__(self, seed, prefix):
        self.random = random.Random(seed)
        self.tx_ids = [f"{prefix}-{name}" for name in ("a", "B", "b", "Z", "ä", "10", "9", "_")]
        self.order_ids = [f"{prefix}-{name}" for name in ("x", "X", "ö", "2")]
        self.ledger = self.with_duplicates([self.ledger_event() for _ in range(self.random.randint(10, 60))])
        self.orders = self.with_duplicates([self.order_event() for _ in range(self.random.randint(2, 20))])

    def with_duplicates(self, events):
        events += self.random.choices(events, k=len(events) * 3 // 7)  # 30 % of what comes out
        self.random.shuffle(events)
        return events

    def tick(self):
        return time_at(self.random.randint(0, 3))

    def version_fields(self):
        choose = self.random.choice
        return {
            "updated_at": choose([None, self.tick()]),
            "source_version": choose([None, -1, 0, 1, 2]),
            "record_timestamp": choose([None, self.tick(), self.tick()]),
        }

    def ledger_event(self):
        choose = self.random.choice
        return {
            "tx_id": choose(self.tx_ids),
            "wallet_id": choose(["w1", "W1", "w 2"]),
            "entry_type": choose(["PAYMENT", "PAYMENT", "RECEIVE", "RECEIVE", "REFUND", "payment"]),
            "amount": choose(["1", "1.0", "1.00", "10", "-2", "0.000000000000000001"]),
            "amount_signed": choose([None, "-1", "1"]),
            "related_id": choose([None, *self.order_ids, *self.order_ids]),
            "related_type": choose([None, "PAYMENT_ORDER", "PAYMENT_ORDER", "INVOICE"]),
            "event_time": self.tick(),
            "created_at": self.tick(),
            **self.version_fields(),
        }

    def order_event(self):
        choose = self.random.choice
        return {
            "order_id": choose(self.order_ids),
            "user_id": choose([None, "u1", "u,2"]),
            "merchant_name": choose([None, "", 'M "1"', "M\\1"]),
            "amount": choose(["1", "1.0", "10"]),
            "status": choose(["SETTLED", "CANCELLED"]),
            "created_at": self.tick(),
            **self.version_fields(),
        }

    def batches(self):
        """Batches of (ledger events, order events) of random sizes."""
        ledger, orders = list(self.ledger), list(self.orders)
        while ledger or orders:
            batch = [take(events, self.random.randint(0, 12)) for events in (ledger, orders)]
            if any(batch):
                yield batch


def take(events, count):
    taken = events[:count]
    del events[:count]
    return taken


def record_time(event):
    """The Kafka timestamp, else the event's own time."""
    return event["record_timestamp"] or event.get("event_time") or event["updated_at"] or event["created_at"]


def texts(session, row_type, columns, events):
    """PostgreSQL's text of the business columns of each event."""
    business = columns.split(", updated_at")[0]
    return [
        text
        for (text,) in session.execute(
            f"select row({business})::text from json_populate_recordset(null::{row_type}, %s) with ordinality order by ordinality",
            [json.dumps(events)],
        )
    ]


def winners(events, event_texts, key):
    """The greatest event of each key, by the order of the contract."""

    def rank(item):
        event, text = item
        version, updated_at = event["source_version"], event["updated_at"]
        return (version is not None, version or 0, updated_at is not None, updated_at or "", record_time(event), text.encode())

    best = {}
    for item in sorted(zip(events, event_texts), key=rank):
        best[item[0][key]] = item[0]
    return best


def exact(columns):
    """The amount as text: numbers that differ in scale only would be equal."""
    return columns.replace(" amount,", " amount::text,")


def as_rows(session, row_type, columns, events):
    """Rows as PostgreSQL shows them, for comparison with those of a table."""
    stored = [{**event, "record_timestamp": record_time(event)} for event in events]
    rows = session.execute(f"select {exact(columns)} from json_populate_recordset(null::{row_type}, %s)", [json.dumps(stored)])
    return sorted(rows, key=repr)


def table_rows(session, table, columns, key, prefix):
    rows = session.execute(f"select {exact(columns)} from {table} where starts_with({key}, %s)", [prefix])
    return sorted(rows, key=repr)


def expected_pairs(entries):
    """Pairs as the contract defines them, of the winning ledger entries."""
    slots = {}
    for entry in entries:
        eligible = entry["entry_type"] in ("PAYMENT", "RECEIVE") and entry["related_type"] in (None, "PAYMENT_ORDER")
        if eligible and entry["related_id"] is not None:
            slots.setdefault(entry["related_id"], {"PAYMENT": [], "RECEIVE": []})[entry["entry_type"]].append(entry)
    return sorted((expected_pair(order_id, **slot) for order_id, slot in slots.items()), key=repr)


def expected_pair(order_id, PAYMENT, RECEIVE):
    nothing = {"tx_id": None, "wallet_id": None}
    payment, receive = (
        min(entries, key=lambda entry: (entry["event_time"], entry["tx_id"]), default=nothing) for entries in (PAYMENT, RECEIVE)
    )
    return (
        order_id, payment["tx_id"], receive["tx_id"], payment["wallet_id"], receive["wallet_id"],
        "COMPLETE" if PAYMENT and RECEIVE else "INCOMPLETE", len(PAYMENT), len(RECEIVE), len(PAYMENT) > 1 or len(RECEIVE) > 1,
    )


def assert_rows(session, stream, prefix):
    """The three tables hold for these ids what the oracle makes of the stream; the session's time zone is UTC."""
    entries = winners(stream.ledger, texts(session, "bo.ledger_event", LEDGER_COLUMNS, stream.ledger), "tx_id").values()
    orders = winners(stream.orders, texts(session, "bo.payment_order_event", ORDER_COLUMNS, stream.orders), "order_id").values()
    assert table_rows(session, "bo.ledger_entries", LEDGER_COLUMNS, "tx_id", prefix) == as_rows(
        session, "bo.ledger_event", LEDGER_COLUMNS, list(entries)
    )
    assert table_rows(session, "bo.payment_orders", ORDER_COLUMNS, "order_id", prefix) == as_rows(
        session, "bo.payment_order_event", ORDER_COLUMNS, list(orders)
    )
    assert table_rows(session, "bo.payment_ledger_pairs", PAIR_COLUMNS, "payment_order_id", prefix) == expected_pairs(entries)
