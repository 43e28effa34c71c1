"""Lookups with audit over keep-alive connections, by wrk."""

import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from stack import cpu_since
from workload import newer, published_meanwhile

SCRIPT = Path(__file__).with_name("lookups.lua")
IDS = 20_000
WARM_UP_SEC = 2
CHANGES_PER_SEC = 1_000


def lookups(stack, connections, seconds):
    """Each request asks for a random one of IDS existing transactions."""
    with running_api(stack):
        return _measure(stack, connections, seconds, [f"/admin/tx/{tx_id}" for tx_id, in _ids(stack, "tx_id")])


def sweep(stack, connections, seconds):
    """The same over numbers of connections, by one API."""
    with running_api(stack):
        paths = [f"/admin/tx/{tx_id}" for tx_id, in _ids(stack, "tx_id")]
        return {number: _measure(stack, number, seconds, paths) for number in connections}


def lookups_beside(stack, topics, payments, connections, seconds):
    """Lookups of every kind while a consumer drains the topics, into the tables that are read, and then applies a stream of newer
    versions of all that."""
    paths = []
    for tx_id, order_id, wallet_id in _ids(stack, "tx_id, related_id, wallet_id"):
        paths += [f"/admin/tx/{tx_id}"] * 5 + [f"/admin/payment-orders/{order_id}"] * 2
        paths += [f"/admin/wallets/{wallet_id}/tx", f"/admin/lookup?q={order_id}", "/admin/pairs?limit=20"]
    with running_api(stack):
        memory = stack.memory_mib("api")
        changes = published_meanwhile(stack.brokers, newer(topics, payments), CHANGES_PER_SEC)
        with changes, stack.consumer(topics) as group:
            result = _measure(stack, connections, seconds, paths)
            result["events_applied_meanwhile"] = stack.applied(group)
        result["api_grew_mib"] = stack.memory_mib("api") - memory
    return result


@contextmanager
def running_api(stack):
    stack.command("start", "api")
    stack.command("wait", "api")
    try:
        yield
    finally:
        stack.command("stop", "api")


def _ids(stack, columns):
    return stack.db.execute(f"select {columns} from bo.ledger_entries order by hashtext(tx_id) limit %s", (IDS,))


def _measure(stack, connections, seconds, paths):
    file = stack.run_dir / "lookup-paths"
    file.write_text("".join(f"{path}\n" for path in paths))
    _wrk(stack, file, connections, WARM_UP_SEC)
    cpu, audited = stack.cpu_seconds(), _audit_rows(stack)
    result = _wrk(stack, file, connections, seconds)
    cpu, audited = cpu_since(cpu, stack.cpu_seconds()), _audit_rows(stack) - audited
    result["api_peak_mib"] = stack.peak_memory_mib("api")
    # When wrk ends, requests are under way whose answers it does not wait for.
    if not result["requests"] <= audited <= result["requests"] + 2 * connections:
        raise RuntimeError(f"{audited} audit rows for {result['requests']} answers")
    result["cpu_sec_per_10k_lookups"] = {part: used * 10_000 / result["requests"] for part, used in cpu.items()}
    return result


def _audit_rows(stack):
    return stack.query("select count(*) from bo.admin_audit_logs")[0]


def _wrk(stack, file, connections, seconds):
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", SCRIPT, stack.address("API_URL")],
                          env={**os.environ, "LOOKUP_PATHS": str(file)}, capture_output=True, text=True, check=True)
    return {"connections": connections, **json.loads(done.stdout.splitlines()[-1])}
