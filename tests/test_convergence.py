"""Any arrival order, duplication and split over writers leaves the rows that a serial oracle leaves.

CONVERGENCE_SEEDS: how many streams (default 200)."""

import concurrent.futures
import contextlib
import json
import os

import psycopg
import pytest

from oracle import Stream, assert_rows
from support import unique

SEEDS = int(os.environ.get("CONVERGENCE_SEEDS", "200"))
MOST_WRITERS = 4
# The order must not depend on a session's settings.
SESSION_OPTIONS = ["", "-c TimeZone=Asia/Kathmandu", "-c DateStyle=SQL,DMY", "-c TimeZone=America/New_York -c DateStyle=German"]

APPLY = """
select bo.apply_batch(
  null, null,
  (select array_agg(event) from json_populate_recordset(null::bo.ledger_event, %s) as event),
  (select array_agg(event) from json_populate_recordset(null::bo.payment_order_event, %s) as event),
  null
)"""


@pytest.fixture(scope="module")
def writers(stack):
    """Sessions of the consumer's role, each with other settings."""
    with contextlib.ExitStack() as sessions:
        yield [
            sessions.enter_context(
                psycopg.connect(stack.address("CONSUMER_DATABASE_URL"), autocommit=True, options=SESSION_OPTIONS[i])
            )
            for i in range(MOST_WRITERS)
        ]


@pytest.fixture(scope="module")
def reader(stack):
    with psycopg.connect(stack.address("ADMIN_DATABASE_URL"), autocommit=True, options="-c TimeZone=UTC") as session:
        yield session


@pytest.fixture(scope="module")
def pool():
    with concurrent.futures.ThreadPoolExecutor(MOST_WRITERS) as pool:
        yield pool


def write(session, batches):
    for ledger, orders in batches:
        session.execute(APPLY, [json.dumps(ledger), json.dumps(orders)])


@pytest.mark.parametrize("seed", range(SEEDS))
def test_concurrent_writers_leave_what_the_oracle_leaves(seed, writers, reader, pool):
    prefix = unique("cv")
    stream = Stream(seed, prefix)
    batches = list(stream.batches())
    count = stream.random.randint(2, MOST_WRITERS)
    for writer in [pool.submit(write, writers[i], batches[i::count]) for i in range(count)]:
        writer.result(timeout=60)

    assert_rows(reader, stream, prefix)
    assert reader.execute("select * from bo.repair_pairs(%s, p_dry_run => true)", [stream.order_ids]).fetchall() == []


@pytest.mark.parametrize("seed", range(3))
def test_replay_changes_nothing(seed, writers, reader):
    prefix = unique("cv")
    stream = Stream(seed, prefix)
    batches = list(stream.batches())
    write(writers[0], batches)
    stored = "select tx_id, xmin::text, ingested_at from bo.ledger_entries where starts_with(tx_id, %s) order by 1"
    before = reader.execute(stored, [prefix]).fetchall()
    write(writers[1], reversed(batches))
    assert reader.execute(stored, [prefix]).fetchall() == before


def test_no_pair_of_the_database_has_drifted(reader):
    assert reader.execute("select * from bo.repair_pairs(p_dry_run => true)").fetchall() == []
