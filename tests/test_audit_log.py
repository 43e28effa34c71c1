"""The audit log proves itself: sealed while others write, verified and computed again from outside."""

import concurrent.futures
import contextlib
import datetime
import hashlib
import json
import os
import random
import struct
import subprocess
import threading

import psycopg
import pytest
import requests

from support import BINARIES, eventually, unique

API = BINARIES / "src/api/bo-admin-api"
ALL_WELL, SOMETHING_FOUND, FAULT = 0, 1, 2
LOOKUP = "select status_code from unnest(bo_api.lookup_tx(array[jsonb_populate_record(null::bo_api.lookup_request, %s::jsonb)]))"


@pytest.fixture(autouse=True)
def service_that_does_not_seal(stack):
    """Only the tests seal; what was sealed before stays."""
    stack.run("restart", "api", AUDIT_SEAL_INTERVAL_SEC="0")
    stack.run("wait", "api")
    yield
    stack.run("restart", "api")
    stack.run("wait", "api")


@pytest.fixture
def audit(stack):
    """Runs `bo-admin-api audit` with these arguments, as the operator unless told otherwise."""

    def run(*arguments, url="OPERATOR_DATABASE_URL", **settings):
        return subprocess.run(
            [API, "audit", *arguments], env={**os.environ, "DATABASE_URL": stack.address(url), **settings}, capture_output=True,
            text=True, timeout=60,
        )

    return run


@pytest.fixture
def verified(audit):
    """What `audit verify` finds; its exit code says the same."""

    def run(*arguments):
        verification = audit("verify", *arguments)
        findings = [json.loads(line) for line in verification.stdout.splitlines()]
        assert verification.returncode == (SOMETHING_FOUND if findings else ALL_WELL), verification.stderr
        return findings

    return run


@pytest.fixture
def writer(stack):
    """Opens sessions of the API's role, each in a transaction of its own."""
    with contextlib.ExitStack() as sessions:
        yield lambda: sessions.enter_context(psycopg.connect(stack.address("API_DATABASE_URL")))


def look_up(session, tx_id):
    request = {
        "resource_id": tx_id, "actor_id": "alice", "actor_roles": "ADMIN_READ", "request_method": "GET",
        "request_path": "/admin/tx/" + tx_id, "correlation_id": tx_id, "elapsed_us": 1,
    }
    assert session.execute(LOOKUP, [json.dumps(request)]).fetchone() == (404,)


@contextlib.contextmanager
def tampering(db):
    """A session of somebody who may do anything, triggers off; what it did is undone."""
    with db.connect(autocommit=True) as session:
        session.execute("set session_replication_role = replica")
        session.execute("create temporary table rows as table bo.admin_audit_logs")
        session.execute("create temporary table seals as table bo.audit_seals")
        try:
            yield session
        finally:
            with session.transaction():
                session.execute("truncate bo.admin_audit_logs, bo.audit_seals")
                session.execute("insert into bo.admin_audit_logs overriding system value table rows")
                session.execute("insert into bo.audit_seals table seals")


def sealed_ids(db, resource_ids):
    """Of the audit rows of these ids, those that have a seal; each as often as it has one."""
    return sorted(
        resource_id
        for (resource_id,) in db.rows(
            """select log.resource_id
               from bo.audit_seals as seal
               cross join unnest(seal.audit_ids) as sealed (audit_id)
               inner join bo.admin_audit_logs as log using (audit_id)
               where log.resource_id = any(%s)""",
            [list(resource_ids)],
        )
    )


def test_open_transaction_holds_the_seal_back(audit, verified, writer, db):
    before, held, after = unique("before"), unique("held"), unique("after")
    first, second = writer(), writer()
    look_up(first, before)
    first.commit()
    look_up(first, held)  # has its transaction id now
    look_up(second, after)
    second.commit()

    assert audit("seal").returncode == ALL_WELL
    assert sealed_ids(db, [before, held, after]) == [before], "what came later waits for what came before"
    assert verified() == []

    first.commit()
    assert audit("seal").returncode == ALL_WELL
    assert sealed_ids(db, [before, held, after]) == sorted([before, held, after])
    assert verified() == []


def test_concurrent_writers_and_sealers_leave_every_row_sealed_once(audit, verified, stack, db):
    run, writers, transactions = unique("run"), 6, 40
    done = threading.Event()

    def write(number):
        """Two sessions, so that transactions overlap in every way, also with themselves."""
        dice = random.Random(f"{run}-{number}")
        with contextlib.ExitStack() as opened:
            sessions = [opened.enter_context(psycopg.connect(stack.address("API_DATABASE_URL"))) for _ in range(2)]
            for turn in range(transactions):
                session = dice.choice(sessions)
                look_up(session, f"{run}-{number}-{turn}")
                if dice.random() < 0.5:
                    dice.choice(sessions).commit()
            for session in sessions:
                session.commit()

    def seal():
        with psycopg.connect(stack.address("API_DATABASE_URL"), autocommit=True) as session:
            while not done.is_set():
                session.execute("select bo.seal_audit_log(3)")

    with concurrent.futures.ThreadPoolExecutor() as pool:
        sealers = [pool.submit(seal) for _ in range(2)]
        try:
            for written in [pool.submit(write, number) for number in range(writers)]:
                written.result(timeout=120)
        finally:
            done.set()
        for sealer in sealers:
            sealer.result(timeout=60)

    assert audit("seal").returncode == ALL_WELL
    ids = [f"{run}-{number}-{turn}" for number in range(writers) for turn in range(transactions)]
    assert sealed_ids(db, ids) == sorted(ids)
    assert verified() == []


def test_one_session_seals_at_a_time(audit, writer, db, stack):
    resource_id = unique("tx")
    session = writer()
    look_up(session, resource_id)
    session.commit()
    assert audit("seal").returncode == ALL_WELL

    look_up(session, resource_id + "-2")
    session.commit()
    with psycopg.connect(stack.address("API_DATABASE_URL")) as other:
        look_up(session, resource_id + "-3")
        session.commit()
        assert other.execute("select sealed_rows from bo.seal_audit_log(1)").fetchone() == (1,)
        told = audit("seal", DB_LOCK_TIMEOUT_MS="100")
        assert told.returncode == FAULT, "waits, and does not say that nothing is left"
        assert "lock timeout" in told.stderr
        service = "select sealed_rows from bo.seal_audit_log()"
        assert db.value(service) == 0, "the service leaves it to the other, and has not waited"
        assert audit("checkpoint").stdout != "", "reading waits for nobody"
    assert audit("seal").returncode == ALL_WELL
    assert sealed_ids(db, [resource_id + "-2", resource_id + "-3"]) == [resource_id + "-2", resource_id + "-3"]


def test_partitions_wait_for_no_reader_with_the_lookups_behind_them(writer, db):
    with db.connect() as reader, writer() as job:
        reader.execute("select from bo.admin_audit_logs limit 1")
        # Bounds what would wait for the reader for ever.
        job.execute("set statement_timeout = '60s'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            job.execute("select bo.create_audit_partitions(60)")


def test_partitions_do_not_wait_for_who_vacuums_a_month(writer, db):
    month = db.value("select partition::text from bo.audit_partitions() order by month desc limit 1")
    with db.connect() as vacuum, writer() as job:
        vacuum.execute(f"lock table {month} in share update exclusive mode")
        assert job.execute("select bo.create_audit_partitions(36)").fetchone()[0] > 0
        job.rollback()


def test_commands_find_what_was_tampered_with(audit, verified, writer, db, tmp_path):
    session, ids = writer(), [unique("tx") for _ in range(3)]
    for resource_id in ids:
        look_up(session, resource_id)
        session.commit()
    assert audit("seal", "--max-rows", "2").returncode == ALL_WELL
    checkpoint = tmp_path / "checkpoint"
    checkpoint.write_text(audit("checkpoint").stdout)
    assert verified("--checkpoint", checkpoint) == []
    audit_id = db.value("select audit_id from bo.admin_audit_logs where resource_id = %s", [ids[1]])

    with tampering(db) as intruder:
        intruder.execute("update bo.admin_audit_logs set actor_id = 'mallory' where audit_id = %s", [audit_id])
        (finding,) = verified()
        assert (finding["kind"], finding["audit_id"]) == ("ROW_CHANGED", audit_id)
        assert finding["partition"].startswith("bo.admin_audit_logs_")

        intruder.execute("truncate bo.audit_seals")
        assert audit("seal").returncode == ALL_WELL
        assert verified() == [], "a chain that was made anew looks sound"
        (finding,) = verified("--checkpoint", checkpoint)
        assert finding["kind"] == "CHECKPOINT_MISSED"
        checkpoints = tmp_path / "checkpoints.jsonl"
        checkpoints.write_text(checkpoint.read_text() + audit("checkpoint").stdout)
        assert verified("--checkpoint", checkpoints) == [finding], "every line has to be met"
    assert verified("--checkpoint", checkpoint) == []


def test_faults_are_told_from_findings(audit, tmp_path):
    nothing = tmp_path / "nothing"
    nothing.write_text("")
    for checkpoint in ("", "{}\n", "no JSON\n"):
        nothing.write_text(checkpoint)
        assert audit("verify", "--checkpoint", nothing).returncode == FAULT, checkpoint
    assert audit("verify", url="API_DATABASE_URL").returncode == FAULT, "the service may not verify"
    assert audit("verify", "--checkpoint", tmp_path / "missing").returncode > FAULT, "no such file: the arguments are wrong"


def test_hashes_can_be_computed_outside(audit, api, db, stack):
    for user_agent in ('quote " backslash \\', "tab\there", ""):
        api.get("/admin/tx/" + unique("tx-ü-ﬃ-💶"), User_Agent=user_agent)
    assert audit("seal", "--max-rows", "2").returncode == ALL_WELL

    def digest(values):
        return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()

    def utc(time):
        return time.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    rows = {
        row[0]: digest([*row[:13], utc(row[13]), struct.pack(">d", row[14]).hex(), *row[15:]])
        for row in db.rows(
            """select audit_id::text, actor_id, actor_roles, action, resource_type, resource_id, result, status_code::text, ip::text,
                      user_agent, request_method, request_path, request_query, requested_at, duration_ms, result_count::text,
                      correlation_id, access_reason, xid::text
               from bo.admin_audit_logs"""
        )
    }
    previous, sealed = "00" * 32, 0
    for seal in db.rows(
        """select seal_number::text, kind, epoch::text, to_char(month, 'YYYY-MM'), row_count::text, first_xid::text, first_audit_id::text,
                  last_xid::text, last_audit_id::text, audit_ids::text [], reason, sealed_at, hash
           from bo.audit_seals as seal order by seal.seal_number"""
    ):
        *head, audit_ids, reason, sealed_at, stored = seal
        sealed += len(audit_ids)
        previous = digest([*head, audit_ids, [rows[audit_id] for audit_id in audit_ids], reason, previous, utc(sealed_at)])
        assert stored.hex() == previous, head
    assert sealed == len(rows) > 0
    assert json.loads(audit("checkpoint").stdout)["hash"] == previous


def test_auditor_reads_page_by_page_and_leaves_a_row_each_time(api):
    actor, auditor = unique("actor"), unique("auditor")
    ids = [unique("tx") for _ in range(3)]
    for tx_id in ids:
        api.get("/admin/tx/" + tx_id, X_Actor_Id=actor, X_Actor_Roles="ADMIN_READ")

    def page(path):
        response = api.get(path, X_Actor_Id=auditor, X_Actor_Roles="ADMIN_AUDIT")
        assert response.status_code == 200, response.text
        return response.json()

    path = f"/admin/audit-logs?actor_id={actor}&limit=2"
    first = page(path)
    second = page(f"{path}&cursor={first['next_cursor']}")
    assert [entry["resource_id"] for entry in first["entries"] + second["entries"]] == ids[::-1]
    assert (first["count"], second["count"], second["next_cursor"]) == (2, 1, None)

    assert api.get(path, X_Actor_Id=actor, X_Actor_Roles="ADMIN_READ").status_code == 403
    (denied,) = page(f"/admin/audit-logs?actor_id={actor}&result=DENIED")["entries"]
    assert (denied["action"], denied["status_code"]) == ("ADMIN_AUDIT_LOG_LOOKUP", 403)
    readings = page(f"/admin/audit-logs?actor_id={auditor}&action=ADMIN_AUDIT_LOG_LOOKUP")
    assert [entry["result_count"] for entry in readings["entries"]] == [1, 1, 2]


def test_service_seals_by_itself(api, stack, db, verified):
    stack.run("restart", "api", AUDIT_SEAL_INTERVAL_SEC="1", AUDIT_SEAL_MAX_ROWS="10")
    stack.run("wait", "api")
    ids = [unique("tx") for _ in range(100)]
    for tx_id in ids:
        api.get("/admin/tx/" + tx_id)
    eventually(lambda: len(sealed_ids(db, ids)) == len(ids))

    def metric(name):
        page = requests.get(stack.address("API_METRICS_URL"), timeout=5).text
        return next(float(line.split()[-1]) for line in page.splitlines() if line.startswith(name + " "))

    eventually(lambda: metric("audit_unsealed_age_seconds") == 0)
    assert metric("audit_sealed_rows_total") >= len(ids)
    assert metric("audit_default_partition_rows") == 0
    told = [json.loads(line) for line in (stack.run_dir / "log/api.log").read_text().splitlines() if '"audit log sealed"' in line]
    chain = dict(db.rows("select seal_number, encode(hash, 'hex') from bo.audit_seals"))
    assert told and all(chain[line["seal_number"]] == line["hash"] for line in told), "the log is a checkpoint"
    assert verified() == []
