"""What a figure depends on besides the code."""

import os
import platform
import statistics
import subprocess
import time
from datetime import datetime, timezone
from pathlib import Path

from stack import ROOT

POSTGRES_SETTINGS = ("shared_buffers", "fsync", "synchronous_commit", "full_page_writes", "wal_compression", "max_wal_size")
SYNCS = 200


def conditions(stack):
    return {
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"), "commit": _commit(),
        "cpu": _cpu_model(), "cores": len(os.sched_getaffinity(0)), "kernel": platform.release(),
        "load_before": os.getloadavg()[0], "fdatasync_ms": _sync_ms(stack.run_dir / "sync-probe"),
        "postgresql": stack.query("show server_version")[0],
        "postgresql_settings": {name: stack.query(f"show {name}")[0] for name in POSTGRES_SETTINGS},
    }


def _cpu_model():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _commit():
    done = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _sync_ms(path):
    """Median time of what a durable commit waits for: 8 KiB written and synced."""
    times = []
    with path.open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            started = time.monotonic()
            file.write(bytes(8192))
            os.fdatasync(file.fileno())
            times.append((time.monotonic() - started) * 1000)
    path.unlink()
    return statistics.median(times)
