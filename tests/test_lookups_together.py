"""Lookups that come together share a call, and nobody can tell."""

import concurrent.futures
import contextlib
import subprocess
import urllib.parse

import pytest

from support import ROOT, eventually, ledger_event, unique

CLIENTS = 16


def ask_together(api, requests):
    """Responses of (path, correlation id), in their order; CLIENTS of them under way at a time."""
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
        return list(clients.map(lambda request: api.get(request[0], X_Correlation_ID=request[1]), requests))


@pytest.fixture
def entries(publisher, api):
    """The ids of some entries, all of which are there."""
    tx_ids = [unique("tx") for _ in range(20)]
    publisher.ledger(*(ledger_event(tx_id) for tx_id in tx_ids))
    for tx_id in tx_ids:
        api.found(f"/admin/tx/{tx_id}")
    return tx_ids


def test_everyone_gets_their_own_answer_and_audit_row(api, db, entries):
    run = unique("together")
    asked = [tx_id if number % 3 else f"nobody-{number}" for number, tx_id in enumerate(entries * 20)]
    responses = ask_together(api, [(f"/admin/tx/{tx_id}", f"{run}-{number}") for number, tx_id in enumerate(asked)])

    for number, (tx_id, response) in enumerate(zip(asked, responses)):
        known = tx_id in entries
        assert response.status_code == (200 if known else 404)
        assert response.headers["X-Correlation-ID"] == f"{run}-{number}"
        assert response.json().get("tx_id") == (tx_id if known else None)
    rows = db.rows(
        "select correlation_id, resource_id, status_code from bo.admin_audit_logs where starts_with(correlation_id, %s)", [run]
    )
    assert sorted(rows) == sorted(
        (f"{run}-{number}", tx_id, response.status_code) for number, (tx_id, response) in enumerate(zip(asked, responses))
    )


@contextlib.contextmanager
def audit_that_refuses(db, tx_id):
    db.execute(
        f"""create function public.refuse() returns trigger language plpgsql as $$
        begin if new.resource_id = '{tx_id}' then raise exception 'refused'; end if; return new; end $$"""
    )
    try:
        db.execute("create trigger refuse before insert on bo.admin_audit_logs for each row execute function public.refuse()")
        yield
    finally:
        db.execute("drop function public.refuse() cascade")


def test_lookup_that_fails_harms_none_of_those_beside_it(api, db, entries):
    poison, *good = entries
    with audit_that_refuses(db, poison):
        asked = (good + [poison]) * 20
        responses = ask_together(api, [(f"/admin/tx/{tx_id}", unique("corr")) for tx_id in asked])
    assert [response.status_code for response in responses] == [503 if tx_id == poison else 200 for tx_id in asked]


def test_types_that_are_made_anew_need_no_restart(stack, api, db, entries):
    """As when they are reverted and deployed again, or a dump is restored, under a running API."""
    db.execute("drop type bo_api.lookup_answer, bo_api.lookup_request, bo_api.cursor_position cascade")
    assert api.get(f"/admin/tx/{entries[0]}").status_code == 503
    for script in ("migrations/deploy/lookup_types.sql", "migrations/deploy/lookup_parameters.sql", "sql/install.sql"):
        subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", db.url, "-f", ROOT / script], check=True, capture_output=True)
    assert eventually(lambda: api.get(f"/admin/tx/{entries[0]}").status_code == 200, 10)


@pytest.mark.parametrize("character", ["거", "😀", "/"])
def test_longest_ids_can_be_looked_up(publisher, api, character):
    prefix = unique("tx")
    tx_id = prefix + character * (200 - len(prefix))
    publisher.ledger(ledger_event(tx_id, wallet_id="wallet-of-the-longest"))
    assert api.found("/admin/tx/" + urllib.parse.quote(tx_id, safe=""))["tx_id"] == tx_id
