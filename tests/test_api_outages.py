"""The table of docs/outages.md for the API: an answer or a refusal comes in time, whatever the database does."""

import concurrent.futures
import contextlib
import os
import signal
import socket
import threading

import pytest

from support import AdminApi, eventually, frozen, server_processes, unique

CLIENTS = 16
LIMITS = {"DB_STATEMENT_TIMEOUT_MS": "500", "DB_ANSWER_TIMEOUT_MS": "1000", "DB_POOL_TIMEOUT": "2", "DB_CONNECT_TIMEOUT_SEC": "2"}


def ask_together(api):
    """Status codes of many lookups at a time; Api gives up on one that gets no answer."""
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
        return list(clients.map(lambda _: api.get(f"/admin/tx/{unique('tx')}").status_code, range(CLIENTS)))


def sessions(db, api):
    return [pid for (pid,) in db.rows("select pid from pg_stat_activity where application_name = %s", [api.name])]


def test_frozen_sessions_hold_no_lookup(stack, db):
    with AdminApi(stack, **LIMITS) as api:
        assert ask_together(api) == [404] * CLIENTS
        with frozen(*sessions(db, api)):
            # Those that got a frozen connection; the others have a new one.
            assert set(ask_together(api)) <= {404, 503}
            assert "no answer within 1000 ms" in api.log_text()
            eventually(lambda: ask_together(api) == [404] * CLIENTS, what="frozen connections are replaced")
            eventually(lambda: '"message":"readiness changed","ready":false' in api.log_text())
        assert ask_together(api) == [404] * CLIENTS
        eventually(lambda: api.management.get("/readyz").status_code == 200)


def test_frozen_server_means_503(stack, db):
    with AdminApi(stack, **LIMITS) as api:
        assert ask_together(api) == [404] * CLIENTS
        with frozen(*server_processes(stack)):
            assert ask_together(api) == [503] * CLIENTS
            assert ask_together(api) == [503] * CLIENTS
            eventually(lambda: api.management.get("/readyz").status_code == 503)
        eventually(lambda: ask_together(api) == [404] * CLIENTS)
        eventually(lambda: api.management.get("/readyz").status_code == 200)


def test_server_that_is_down_means_503_until_it_is_back(stack):
    with AdminApi(stack, **LIMITS) as api:
        stack.run("kill", "postgres")
        try:
            refusal = api.get("/admin/tx/x")
            assert (refusal.status_code, "Retry-After" in refusal.headers) == (503, True)
            eventually(lambda: api.management.get("/readyz").status_code == 503)
        finally:
            stack.run("start", "postgres")
        eventually(lambda: ask_together(api) == [404] * CLIENTS)
        eventually(lambda: api.management.get("/readyz").status_code == 200)


@contextlib.contextmanager
def locked_audit_log(db):
    """Meanwhile audit rows wait; calling what it gives lets them go on."""
    with db.connect() as connection:
        connection.execute("lock table only bo.admin_audit_logs in access exclusive mode")  # its partitions are others' to lock first
        yield connection.rollback


def waits_for_a_lock(db, api):
    return db.value("select count(*) from pg_stat_activity where application_name = %s and wait_event_type = 'Lock'", [api.name]) > 0


def test_lookup_that_waits_too_long_is_refused(stack, db):
    with AdminApi(stack, DB_LOCK_TIMEOUT_MS="100") as api, locked_audit_log(db):
        assert api.get("/admin/tx/x").status_code == 503


def test_statement_that_takes_too_long_is_refused(stack, db):
    with AdminApi(stack, **LIMITS, DB_LOCK_TIMEOUT_MS="60000") as api, locked_audit_log(db):
        assert api.get("/admin/tx/x").status_code == 503
        assert sum(api.metrics("db_queries_total", query="lookup_tx", outcome="57014")) > 0


def test_lookups_that_waited_for_a_lock_together_do_not_wait_again_alone(stack, db):
    with AdminApi(stack, DB_LOCK_TIMEOUT_MS="500", LOOKUP_WAIT_MS="250") as api, locked_audit_log(db):
        assert ask_together(api) == [503] * CLIENTS
        in_vain = api.metrics("db_queries_total", query="lookup_tx", outcome="55P03")
        assert 0 < sum(in_vain) < CLIENTS, "fewer calls than lookups"


ONE_CONNECTION = {"DB_POOL_SIZE": "1", "DB_MAX_OVERFLOW": "0", "DB_STATEMENT_TIMEOUT_MS": "50000", "DB_ANSWER_TIMEOUT_MS": "60000"}


def test_lookup_beyond_those_that_may_wait_is_refused_at_once(stack, db):
    with AdminApi(stack, **ONE_CONNECTION, DB_LOCK_TIMEOUT_MS="60000", LOOKUP_MAX_WAITING="1") as api:
        with concurrent.futures.ThreadPoolExecutor(3) as clients, locked_audit_log(db) as unlock:
            called = clients.submit(api.get, "/admin/tx/x")
            eventually(lambda: waits_for_a_lock(db, api))
            others = [clients.submit(api.get, "/admin/tx/x") for _ in range(2)]
            refused = next(concurrent.futures.as_completed(others)).result()
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
            unlock()
            assert sorted(answer.result().status_code for answer in [called, *others]) == [404, 404, 503]


def test_lookup_that_gets_no_connection_in_time_is_refused(stack, db):
    with AdminApi(stack, **ONE_CONNECTION, DB_LOCK_TIMEOUT_MS="1500", DB_POOL_TIMEOUT="1") as api:
        with concurrent.futures.ThreadPoolExecutor(2) as clients, locked_audit_log(db):
            called = clients.submit(api.get, "/admin/tx/x")
            eventually(lambda: waits_for_a_lock(db, api))
            waited = clients.submit(api.get, "/admin/tx/x")
            assert (called.result().status_code, waited.result().status_code) == (503, 503)
        assert "no connection in time" in api.log_text()
        assert sum(api.metrics("db_pool_checkout_latency_seconds_sum")) > 1, "the wait is told"


@pytest.mark.parametrize("stop_signal", [signal.SIGTERM, signal.SIGINT])
def test_stop_answers_what_is_in_work_first(stack, db, stop_signal):
    limits = {"DB_LOCK_TIMEOUT_MS": "60000", "DB_STATEMENT_TIMEOUT_MS": "60000", "API_SHUTDOWN_TIMEOUT_MS": "60000"}
    answers = []
    correlation_id = unique("stop")
    with AdminApi(stack, **limits) as api:
        client = threading.Thread(target=lambda: answers.append(api.get("/admin/tx/x", X_Correlation_ID=correlation_id)))
        with locked_audit_log(db) as unlock:
            client.start()
            eventually(lambda: waits_for_a_lock(db, api))
            api.process.send_signal(stop_signal)
            eventually(lambda: api.management.get("/readyz").text == "stopping\n", what="it tells that it stops")
            assert api.management.get("/livez").status_code == 200
            assert (api.process.poll(), answers) == (None, [])
            unlock()
        client.join()
        assert api.process.wait(10) == 0
    (answer,) = answers
    assert (answer.status_code, answer.headers["Connection"]) == (404, "close")
    assert db.value("select count(*) from bo.admin_audit_logs where correlation_id = %s", [correlation_id]) == 1


def test_stop_does_not_wait_for_idle_connections(stack, db):
    with AdminApi(stack, API_SHUTDOWN_TIMEOUT_MS="60000") as api:
        with socket.create_connection(api.address) as idle:
            idle.sendall(b"GET /admin/tx/x HTTP/1.1\r\nHo")
            api.process.terminate()
            assert api.process.wait(10) == 0
