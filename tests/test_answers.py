"""What an answer says beside the fields of the contract, and the lists, search and batch beside the three lookups."""

import csv
import io
import json

import pytest

from support import eventually, ledger_event, order_event, unique

CSV = {"Accept": "text/csv"}


def half(tx_id, order_id, entry_type="PAYMENT", **fields):
    return ledger_event(tx_id, entry_type=entry_type, related_id=order_id, related_type="PAYMENT_ORDER", **fields)


def pages(api, path):
    """The bodies of all pages of a list."""
    cursor = ""
    while cursor is not None:
        response = api.get(path + (f"&cursor={cursor}" if cursor else ""))
        assert response.status_code == 200
        yield response.json()
        cursor = response.json()["next_cursor"]


def audit_rows(db, correlation_id):
    return db.rows(
        "select action, resource_type, resource_id, result, result_count from bo.admin_audit_logs"
        " where correlation_id = %s order by audit_id", [correlation_id],
    )


def test_answer_tells_why_a_pair_waits_and_how_fresh_it_is(publisher, api):
    tx_id, order_id = unique("tx"), unique("po")
    publisher.ledger(half(tx_id, order_id))
    body = api.found(f"/admin/tx/{tx_id}")
    assert body["pairing"]["reason"] == "WAITING_FOR_RECEIVE"
    assert body["pairing"]["verdict"] == "IN_FLIGHT"
    assert body["pairing"]["age_sec"] > 0
    publisher.ledger(half(unique("tx"), order_id, "RECEIVE"))
    api.found(f"/admin/tx/{tx_id}", lambda body: body["pairing"]["reason"] == "MATCHED")
    eventually(lambda: api.get(f"/admin/tx/{tx_id}").json()["freshness"]["as_of"], what="the pipeline tells how far it is")


def test_half_is_overdue_once_the_pipeline_has_passed_its_grace_time(publisher, api, db):
    tx_id = unique("tx")
    publisher.ledger(half(tx_id, unique("po")))
    api.found(f"/admin/tx/{tx_id}", lambda body: body["pairing"]["verdict"] == "IN_FLIGHT")
    # Applied an hour ago, as far as anybody can tell: the pipeline has read far beyond that.
    db.execute("update bo.ledger_entries set ingested_at = ingested_at - interval '1 hour' where tx_id = %s", [tx_id])
    api.found(f"/admin/tx/{tx_id}", lambda body: body["pairing"]["verdict"] == "OVERDUE")


def test_unknown_id_is_not_under_way_once_the_pipeline_has_read_everything(api):
    def answer():
        body = api.get(f"/admin/tx/{unique('tx')}").json()
        return body["may_be_in_flight"] is False and body["freshness"]["ledger_lag_sec"] < 30

    eventually(answer)


def test_wallet_is_read_page_by_page(publisher, api):
    wallet_id = unique("wallet")
    tx_ids = [unique("tx") for _ in range(7)]
    publisher.ledger(*[ledger_event(tx_id, wallet_id=wallet_id) for tx_id in tx_ids])
    api.found(f"/admin/wallets/{wallet_id}/tx", lambda body: body["count"] == len(tx_ids))
    listed = [[entry["tx_id"] for entry in page["entries"]] for page in pages(api, f"/admin/wallets/{wallet_id}/tx?limit=3")]
    assert listed == [sorted(tx_ids)[:3], sorted(tx_ids)[3:6], sorted(tx_ids)[6:]]


def test_cursor_of_another_list_is_refused(publisher, api):
    wallet_id = unique("wallet")
    publisher.ledger(*[ledger_event(unique("tx"), wallet_id=wallet_id) for _ in range(2)])
    body = api.found(f"/admin/wallets/{wallet_id}/tx?limit=1", lambda body: body["next_cursor"])
    for path in (f"/admin/wallets/other/tx?cursor={body['next_cursor']}", f"/admin/wallets/{wallet_id}/tx?cursor=x"):
        response = api.get(path)
        assert response.status_code == 400 and "cursor:" in response.json()["detail"]


def test_wallet_is_filtered(publisher, api):
    wallet_id, order_id = unique("wallet"), unique("po")
    paid, waits = half(unique("tx"), order_id, wallet_id=wallet_id), half(unique("tx"), unique("po"), wallet_id=wallet_id)
    publisher.ledger(paid, waits, half(unique("tx"), order_id, "RECEIVE", wallet_id=wallet_id))
    path = f"/admin/wallets/{wallet_id}/tx"
    api.found(path, lambda body: body["count"] == 3)

    def listed(query):
        return {entry["tx_id"] for entry in api.get(f"{path}?{query}").json()["entries"]}

    assert listed("entry_type=PAYMENT") == {paid["tx_id"], waits["tx_id"]}
    assert listed("pairing_status=INCOMPLETE") == {waits["tx_id"]}
    assert listed("pairing_status=COMPLETE&entry_type=PAYMENT") == {paid["tx_id"]}


def test_list_as_csv_has_a_line_an_item_and_the_cursor_in_a_header(publisher, api, db):
    wallet_id, correlation_id = unique("wallet"), unique("csv")
    publisher.ledger(*[ledger_event(unique("=tx"), wallet_id=wallet_id) for _ in range(3)])
    api.found(f"/admin/wallets/{wallet_id}/tx", lambda body: body["count"] == 3)
    response = api.get(f"/admin/wallets/{wallet_id}/tx?limit=2", X_Correlation_ID=correlation_id, **CSV)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(response.text)))
    assert [line["wallet_id"] for line in lines] == [wallet_id] * 2
    assert all(line["tx_id"].startswith("'=tx") for line in lines)
    assert response.headers["X-Next-Cursor"]
    assert audit_rows(db, correlation_id) == [("ADMIN_WALLET_TX_LOOKUP", "WALLET", wallet_id, "FOUND", 2)]


def test_pairs_that_wait_are_listed_the_oldest_first(publisher, api, db):
    old, older, paid = unique("po"), unique("po"), unique("po")
    publisher.ledger(
        half(unique("tx"), old, event_time="2001-01-02T00:00:00Z"), half(unique("tx"), older, event_time="2001-01-01T00:00:00Z"),
        half(unique("tx"), paid, event_time="2001-01-01T00:00:00Z"),
        half(unique("tx"), paid, "RECEIVE", event_time="2001-01-01T00:00:00Z"),
    )
    path = "/admin/pairs?status=INCOMPLETE&older_than=3650d"
    correlation_id = unique("pairs")

    def listed():
        return [pair["payment_order_id"] for page in pages(api, path + "&limit=1") for pair in page["pairs"]]

    eventually(lambda: {old, older} <= set(listed()))
    orders = listed()
    assert [order for order in orders if order in (old, older, paid)] == [older, old]
    count = api.get(path, X_Correlation_ID=correlation_id).json()["count"]
    assert audit_rows(db, correlation_id) == [("ADMIN_PAIR_LOOKUP", "PAIR", "*", "FOUND", count)]


@pytest.mark.parametrize("query", ["status=COMPLETE", "older_than=-1", "older_than=1w", "limit=0", "cursor=x"])
def test_pairs_refuse_what_they_do_not_know(api, query):
    response = api.get(f"/admin/pairs?{query}")
    assert response.status_code == 400 and query.split("=")[0] + ":" in response.json()["detail"]


def test_any_id_can_be_searched(publisher, api, db):
    tx_id, order_id, wallet_id, correlation_id = unique("tx"), unique("po"), unique("wallet"), unique("search")
    publisher.orders(order_event(order_id))
    publisher.ledger(half(tx_id, order_id, wallet_id=wallet_id))
    api.found(f"/admin/tx/{tx_id}")
    for id, kind in ((tx_id, "TX"), (order_id, "PAYMENT_ORDER"), (wallet_id, "WALLET")):
        body = api.found(f"/admin/lookup?q={id}", lambda body: body["count"])
        assert body["matches"] == [{"resource_type": kind, "resource_id": id}]
    nothing = api.get(f"/admin/lookup?q={correlation_id}", X_Correlation_ID=correlation_id)
    assert (nothing.status_code, nothing.json()["matches"]) == (200, [])
    assert audit_rows(db, correlation_id) == [("ADMIN_SEARCH", "ID", correlation_id, "FOUND", 0)]
    assert api.get("/admin/lookup").status_code == 400


def test_batch_answers_and_audits_each_id(publisher, api, db):
    tx_id, gone, correlation_id = unique("tx"), unique("gone"), unique("batch")
    publisher.ledger(ledger_event(tx_id))
    api.found(f"/admin/tx/{tx_id}")
    response = api.request(
        "POST", "/admin/tx:batchGet", json={"tx_ids": [gone, tx_id]}, headers={"X-Correlation-ID": correlation_id}
    )
    first, second = response.json()["results"]
    assert (first["tx_id"], first["status"], first["problem"]["status"]) == (gone, 404, 404)
    assert (second["status"], second["tx"]["tx_id"]) == (200, tx_id)
    assert audit_rows(db, correlation_id) == [
        ("ADMIN_TX_LOOKUP", "TX", gone, "NOT_FOUND", 0), ("ADMIN_TX_LOOKUP", "TX", tx_id, "FOUND", 1),
    ]


def test_batch_has_at_most_100_ids(api):
    for count, status in ((100, 200), (101, 400), (0, 400)):
        response = api.request("POST", "/admin/tx:batchGet", json={"tx_ids": [unique("tx") for _ in range(count)]})
        assert response.status_code == status


def test_batch_of_the_longest_ids_is_answered(api):
    tx_ids = [f"{number:03}" + "\N{GRINNING FACE}" * 197 for number in range(100)]
    body = json.dumps({"tx_ids": tx_ids}, ensure_ascii=False).encode()
    response = api.request("POST", "/admin/tx:batchGet", data=body, headers={"Content-Type": "application/json"})
    assert [result["tx_id"] for result in response.json()["results"]] == tx_ids


def test_reason_of_access_is_kept(api, db):
    correlation_id = unique("reason")
    api.get("/admin/tx/x", X_Correlation_ID=correlation_id, X_Access_Reason="CASE-7 refund")
    assert db.value("select access_reason from bo.admin_audit_logs where correlation_id = %s", [correlation_id]) == "CASE-7 refund"
