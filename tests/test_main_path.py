"""From an event in Kafka to an audited answer."""

import contextlib
import ipaddress
import uuid

import pytest

from support import ledger_event, order_event, unique

PROBLEM = "application/problem+json"


class Sample:
    """The payment of the contract's examples, with ids of its own."""

    def __init__(self):
        self.order_id = unique("po")
        self.payment_id = unique("tx-a")
        self.receive_id = unique("tx-b")
        self.payer, self.payee = unique("wallet-a"), unique("wallet-b")
        self.order = order_event(self.order_id)
        related = {"related_id": self.order_id, "related_type": "PAYMENT_ORDER"}
        self.payment = ledger_event(self.payment_id, wallet_id=self.payer, amount_signed="-10000.00", **related)
        self.receive = ledger_event(
            self.receive_id, wallet_id=self.payee, entry_type="RECEIVE", amount_signed="10000.00",
            event_time="2026-02-05T01:00:02Z", **related,
        )


@pytest.fixture
def sample(publisher, api):
    """A payment with both halves, applied."""
    sample = Sample()
    publisher.orders(sample.order)
    publisher.ledger(sample.payment, sample.receive)
    api.found(f"/admin/payment-orders/{sample.order_id}", lambda body: body["pairing_status"] == "COMPLETE")
    return sample


def without_lag(body):
    """The fields but those that tell the time, which are known by their kind only."""
    lag = body.pop("data_lag_sec")
    assert isinstance(lag, int) and lag >= 0
    body.pop("pairing")
    body.pop("freshness", None)
    return body


def audit_rows(db, correlation_id):
    columns = (
        "actor_id, actor_roles, action, resource_type, resource_id, result, status_code, result_count, request_method,"
        " request_path, request_query"
    )
    return db.rows(f"select {columns} from bo.admin_audit_logs where correlation_id = %s order by audit_id", [correlation_id])


def test_payment_with_both_halves_is_complete(sample, api):
    body = without_lag(api.found(f"/admin/tx/{sample.payment_id}"))
    assert body == {
        "tx_id": sample.payment_id,
        "event_time": "2026-02-05T01:00:00Z",
        "entry_type": "PAYMENT",
        "amount": "10000.00",
        "amount_signed": "-10000.00",
        "status": "SETTLED",
        "status_group": "SUCCESS",
        "sender_wallet_id": sample.payer,
        "receiver_wallet_id": sample.payee,
        "related": {"related_id": sample.order_id, "related_type": "PAYMENT_ORDER"},
        "paired_tx_id": sample.receive_id,
        "paired_entry_type": "RECEIVE",
        "merchant_name": "MERCHANT-001",
        "pairing_status": "COMPLETE",
    }


def test_payment_with_one_half_is_incomplete(publisher, api):
    sample = Sample()
    publisher.ledger(sample.receive)
    body = without_lag(api.found(f"/admin/tx/{sample.receive_id}"))
    assert body == {
        "tx_id": sample.receive_id,
        "event_time": "2026-02-05T01:00:02Z",
        "entry_type": "RECEIVE",
        "amount": "10000.00",
        "amount_signed": "10000.00",
        "status": None,
        "status_group": "UNKNOWN",
        "sender_wallet_id": None,
        "receiver_wallet_id": sample.payee,
        "related": {"related_id": sample.order_id, "related_type": "PAYMENT_ORDER"},
        "paired_tx_id": None,
        "paired_entry_type": None,
        "merchant_name": None,
        "pairing_status": "INCOMPLETE",
    }


def test_order_shows_its_entries(sample, api):
    body = api.found(f"/admin/payment-orders/{sample.order_id}")
    entries = [without_lag(entry) for entry in body.pop("ledger_entries")]
    del body["pairing"], body["freshness"]
    assert body == {
        "order": {
            "order_id": sample.order_id,
            "user_id": "user-001",
            "merchant_name": "MERCHANT-001",
            "amount": "10000.00",
            "status": "SETTLED",
            "status_group": "SUCCESS",
            "created_at": "2026-02-05T01:00:00Z",
        },
        "pairing_status": "COMPLETE",
    }
    common = {"amount": "10000.00", "status": "SETTLED", "status_group": "SUCCESS", "pairing_status": "COMPLETE"}
    assert entries == [
        {
            **common, "tx_id": sample.payment_id, "event_time": "2026-02-05T01:00:00Z", "entry_type": "PAYMENT",
            "amount_signed": "-10000.00", "wallet_id": sample.payer, "paired_tx_id": sample.receive_id,
        },
        {
            **common, "tx_id": sample.receive_id, "event_time": "2026-02-05T01:00:02Z", "entry_type": "RECEIVE",
            "amount_signed": "10000.00", "wallet_id": sample.payee, "paired_tx_id": sample.payment_id,
        },
    ]


def test_order_without_entries_is_unknown(publisher, api):
    order_id = unique("po")
    publisher.orders(order_event(order_id))
    body = api.found(f"/admin/payment-orders/{order_id}")
    assert (body["ledger_entries"], body["pairing_status"]) == ([], "UNKNOWN")


def test_cancellation_replaces_the_order(sample, publisher, api):
    publisher.orders({**sample.order, "status": "CANCELLED", "version": 2, "updated_at": "2026-02-05T02:00:00Z"})
    path = f"/admin/payment-orders/{sample.order_id}"
    body = api.found(path, lambda body: body["order"]["status"] == "CANCELLED")
    assert body["order"]["status_group"] == "FAIL"


def test_wallet_lists_newest_first_within_inclusive_bounds(publisher, api):
    wallet_id, prefix = unique("wallet"), unique("tx")
    times = [f"2026-02-05T01:00:0{second}Z" for second in range(5)]
    events = [ledger_event(f"{prefix}-{i}", wallet_id=wallet_id, event_time=time) for i, time in enumerate(times)]
    publisher.ledger(*events)
    path = f"/admin/wallets/{wallet_id}/tx"
    everything = api.found(path, lambda body: body["count"] == len(events))
    assert everything["wallet_id"] == wallet_id
    assert [entry["tx_id"] for entry in everything["entries"]] == [f"{prefix}-{i}" for i in (4, 3, 2, 1, 0)]
    within = api.get(f"{path}?from={times[1]}&to={times[3]}&limit=2").json()
    assert [entry["tx_id"] for entry in within["entries"]] == [f"{prefix}-3", f"{prefix}-2"]
    assert within["count"] == 2


def test_amounts_keep_the_digits_sent(publisher, api):
    tx_id = unique("tx")
    digits = "12345678901234567890.123456789012345678"
    publisher.ledger(ledger_event(tx_id, amount=digits))
    assert api.found(f"/admin/tx/{tx_id}")["amount"] == digits


def test_ids_are_percent_decoded_once(publisher, api):
    tx_id = unique("tx") + " ü+%41"
    publisher.ledger(ledger_event(tx_id))
    path = "/admin/tx/" + tx_id.replace("%", "%25").replace(" ", "%20").replace("ü", "%C3%BC")
    assert api.found(path)["tx_id"] == tx_id


def test_every_found_lookup_has_its_audit_row(sample, api, db):
    lookups = [
        (f"/admin/tx/{sample.payment_id}", None, "ADMIN_TX_LOOKUP", "TX", sample.payment_id),
        (f"/admin/payment-orders/{sample.order_id}", None, "ADMIN_ORDER_LOOKUP", "PAYMENT_ORDER", sample.order_id),
        (f"/admin/wallets/{sample.payer}/tx", "limit=5", "ADMIN_WALLET_TX_LOOKUP", "WALLET", sample.payer),
    ]
    for method in ("GET", "HEAD"):
        for path, query, action, resource_type, resource_id in lookups:
            correlation_id = unique("audit")
            headers = {"X-Actor-Id": "alice", "X-Actor-Roles": "ADMIN_READ,OTHER", "X-Correlation-ID": correlation_id}
            response = api.request(method, path + (f"?{query}" if query else ""), headers=headers)
            assert (response.status_code, response.headers["X-Correlation-ID"]) == (200, correlation_id)
            assert bool(response.content) == (method == "GET")
            assert audit_rows(db, correlation_id) == [
                ("alice", ["ADMIN_READ", "OTHER"], action, resource_type, resource_id, "FOUND", 200,
                 1, method, path, query)
            ]


def test_not_found_has_its_audit_row_too(api, db):
    for method in ("GET", "HEAD"):
        for kind, resource_type in (("tx", "TX"), ("payment-orders", "PAYMENT_ORDER")):
            resource_id, correlation_id = unique("nothing"), unique("audit")
            path = f"/admin/{kind}/{resource_id}"
            response = api.request(method, path, headers={"X-Correlation-ID": correlation_id})
            assert (response.status_code, response.headers["Content-Type"]) == (404, PROBLEM)
            ((actor, roles, _, kind_of_row, id_of_row, result, status, count, *_),) = audit_rows(db, correlation_id)
            assert (actor, roles) == ("local", ["ADMIN_READ"])
            assert (kind_of_row, id_of_row, result, status, count) == (resource_type, resource_id, "NOT_FOUND", 404, 0)


def test_unknown_wallet_is_found_with_count_zero(api, db):
    wallet_id, correlation_id = unique("wallet"), unique("audit")
    response = api.get(f"/admin/wallets/{wallet_id}/tx", X_Correlation_ID=correlation_id)
    body = response.json()
    assert (body["wallet_id"], body["entries"], body["count"]) == (wallet_id, [], 0)
    ((*_, result, status, count, _method, _path, _query),) = audit_rows(db, correlation_id)
    assert (result, status, count) == ("FOUND", 200, 0)


def test_audit_row_knows_the_client(sample, api, db):
    correlation_id = unique("audit")
    api.get(f"/admin/tx/{sample.payment_id}", X_Correlation_ID=correlation_id, User_Agent="probe/1", X_Forwarded_For="203.0.113.9")
    ip, user_agent, duration_ms = db.row(
        "select ip, user_agent, duration_ms from bo.admin_audit_logs where correlation_id = %s", [correlation_id]
    )
    assert (ipaddress.ip_address(str(ip)), user_agent) == (ipaddress.ip_address("127.0.0.1"), "probe/1")
    assert 0 < duration_ms < 10_000


def test_secret_query_values_are_masked(sample, api, db):
    correlation_id = unique("audit")
    api.get(f"/admin/tx/{sample.payment_id}?access_token=s3cret&x=1", X_Correlation_ID=correlation_id)
    ((*_, query),) = audit_rows(db, correlation_id)
    assert "s3cret" not in query and "x=1" in query


def test_wrong_parameters_are_all_named(api, db):
    correlation_id = unique("bad")
    response = api.get("/admin/wallets/w/tx?from=now&to=tomorrow&limit=0", X_Correlation_ID=correlation_id)
    assert (response.status_code, response.headers["Content-Type"]) == (400, PROBLEM)
    problem = response.json()
    assert isinstance(problem["detail"], str)
    assert all(name in problem["detail"] for name in ("from:", "to:", "limit:"))
    assert audit_rows(db, correlation_id) == []


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "ten", "", "99999999999999999999"])
def test_limit_out_of_range_is_refused(api, limit):
    response = api.get(f"/admin/wallets/w/tx?limit={limit}")
    assert response.status_code == 400
    assert "limit:" in response.json()["detail"] and "from:" not in response.json()["detail"]


def test_role_without_the_right_to_read_is_refused(sample, api, db):
    correlation_id = unique("role")
    response = api.get(f"/admin/tx/{sample.payment_id}", X_Actor_Roles="CLERK", X_Correlation_ID=correlation_id)
    assert (response.status_code, response.headers["Content-Type"]) == (403, PROBLEM)
    assert sample.payer not in response.text and "ADMIN_READ" in response.json()["detail"]
    ((actor, _, action, resource_type, resource_id, result, status, *_),) = audit_rows(db, correlation_id)
    assert (actor, action, resource_type, resource_id, result, status) == (
        "local", "ADMIN_TX_LOOKUP", "TX", sample.payment_id, "DENIED", 403,
    )


def test_unknown_route_is_a_problem(api):
    response = api.get("/admin/nothing", X_Correlation_ID="probe-1")
    assert (response.status_code, response.headers["Content-Type"]) == (404, PROBLEM)
    problem = response.json()
    assert {name: problem[name] for name in ("status", "instance", "correlation_id")} == {
        "status": 404, "instance": "/admin/nothing", "correlation_id": "probe-1",
    }
    assert all(isinstance(problem[name], str) for name in ("type", "title", "detail"))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(api, method):
    response = api.request(method, "/admin/tx/x")
    assert (response.status_code, response.headers["Content-Type"]) == (405, PROBLEM)
    assert {name.strip() for name in response.headers["Allow"].split(",")} == {"GET", "HEAD"}


def test_correlation_id_is_made_when_none_is_fit(api):
    for headers in ({}, {"X-Correlation-ID": "x" * 129}, {"X-Correlation-ID": "two words"}):
        made = api.request("GET", "/admin/tx/x", headers=headers).headers["X-Correlation-ID"]
        assert uuid.UUID(made)


@contextlib.contextmanager
def audit_that_fails(db):
    """Meanwhile no audit row can be written."""
    db.execute(
        "create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'no audit'; end $$"
    )
    try:
        db.execute("create trigger refuse before insert on bo.admin_audit_logs for each row execute function public.refuse()")
        yield
    finally:
        db.execute("drop function public.refuse() cascade")


@contextlib.contextmanager
def audit_that_is_not_allowed(db):
    """Meanwhile the owner of the lookups has no right to insert audit rows."""
    db.execute("revoke insert on bo.admin_audit_logs from bo_owner")
    try:
        yield
    finally:
        db.execute("grant insert on bo.admin_audit_logs to bo_owner")


@pytest.mark.parametrize("broken_audit", [audit_that_fails, audit_that_is_not_allowed])
def test_no_answer_leaves_without_its_audit_row(sample, api, db, broken_audit):
    paths = {
        f"/admin/tx/{sample.payment_id}": 200,
        f"/admin/payment-orders/{sample.order_id}": 200,
        f"/admin/wallets/{sample.payer}/tx": 200,
        "/admin/tx/nothing": 404,
    }
    with broken_audit(db):
        for path in paths:
            response = api.get(path)
            assert (response.status_code, response.headers["Content-Type"]) == (503, PROBLEM)
            assert sample.payer not in response.text.replace(path, "") and "MERCHANT" not in response.text
    assert {path: api.get(path).status_code for path in paths} == paths
