"""Lookups with audit over keep-alive connections, by wrk."""

import json
import os
import subprocess
from pathlib import Path

from stack import cpu_since

SCRIPT = Path(__file__).with_name("lookups.lua")
IDS = 20_000
WARM_UP_SEC = 2


def lookups(stack, connections, seconds):
    """Each request asks for a random one of IDS existing transactions."""
    ids = stack.run_dir / "lookup-ids"
    found = stack.db.execute("select tx_id from bo.ledger_entries order by hashtext(tx_id) limit %s", (IDS,))
    ids.write_text("".join(f"{tx_id}\n" for tx_id, in found))
    stack.command("start", "api")
    stack.command("wait", "api")
    try:
        _wrk(stack, ids, connections, WARM_UP_SEC)
        cpu, audited = stack.cpu_seconds(), _audit_rows(stack)
        result = _wrk(stack, ids, connections, seconds)
        cpu, audited = cpu_since(cpu, stack.cpu_seconds()), _audit_rows(stack) - audited
        result["api_peak_mib"] = stack.peak_memory_mib("api")
    finally:
        stack.command("stop", "api")
    # When wrk ends, requests are under way whose answers it does not wait for.
    if not result["requests"] <= audited <= result["requests"] + 2 * connections:
        raise RuntimeError(f"{audited} audit rows for {result['requests']} answers")
    result["cpu_sec_per_10k_lookups"] = {part: used * 10_000 / result["requests"] for part, used in cpu.items()}
    return result


def _audit_rows(stack):
    return stack.query("select count(*) from bo.admin_audit_logs")[0]


def _wrk(stack, ids, connections, seconds):
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", SCRIPT, stack.address("API_URL")],
                          env={**os.environ, "LOOKUP_IDS": str(ids)}, capture_output=True, text=True, check=True)
    return {"connections": connections, **json.loads(done.stdout.splitlines()[-1])}
