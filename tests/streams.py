"""A stream of payments that goes on while something happens to those who apply it."""

import contextlib
import threading
import time

from support import LEDGER_TOPIC, ORDER_TOPIC, eventually, ledger_event, order_event, unique

PACE_SECONDS = 0.01  # between pairs of events of a stream, so that it goes on for as long as an outage


class Stream(threading.Thread):
    """Publishes payments, one order and its two entries at a time, until it is told to stop."""

    def __init__(self, publisher, least):
        super().__init__(daemon=True)
        self.prefix = unique("stream")
        self.publisher = publisher
        self.least = least  # payments that are published in any case
        self.payments = 0
        self.enough = threading.Event()

    def run(self):
        while self.payments < self.least or not self.enough.is_set():
            key = f"{self.prefix}-{self.payments}"
            related = {"related_id": key, "related_type": "PAYMENT_ORDER"}
            self.publisher.add(LEDGER_TOPIC, ledger_event(key + "-a", **related), key=key + "-a")
            self.publisher.add(ORDER_TOPIC, order_event(key), key=key)
            self.publisher.add(LEDGER_TOPIC, ledger_event(key + "-b", entry_type="RECEIVE", **related), key=key + "-b")
            self.payments += 1
            time.sleep(PACE_SECONDS)

    def finish(self):
        self.enough.set()
        self.join()
        self.publisher.flush(120)


@contextlib.contextmanager
def stream_of(publisher, least=700):
    stream = Stream(publisher, least)
    stream.start()
    try:
        yield stream
    finally:
        stream.finish()


def applied(db, stream):
    """How many entries, orders and complete pairs of the stream are there."""
    return db.row(
        """select
          (select count(*) from bo.ledger_entries where starts_with(tx_id, %(prefix)s)),
          (select count(*) from bo.payment_orders where starts_with(order_id, %(prefix)s)),
          (select count(*) from bo.payment_ledger_pairs where starts_with(payment_order_id, %(prefix)s)
             and pairing_status = 'COMPLETE' and not has_extra_entries)""",
        {"prefix": stream.prefix},
    )


def assert_all_applied(db, stream, seconds=60):
    whole = (2 * stream.payments, stream.payments, stream.payments)
    eventually(lambda: applied(db, stream) == whole, seconds, what=f"{whole} of {stream.prefix}")
    orders = [f"{stream.prefix}-{number}" for number in range(stream.payments)]
    assert db.rows("select * from bo.repair_pairs(%s, p_dry_run => true)", [orders]) == []


def assert_goes_on(db, stream):
    """What is published from now on is applied."""
    before = stream.payments
    eventually(lambda: db.tx_ids(f"{stream.prefix}-{before + 10}-b"), 60)


def is_running(pid):
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rsplit(")")[1].split()[0] not in "ZX"
