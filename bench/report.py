"""Results as a table, each figure beside its target."""


def print_table(results):
    rows = [row for row in _rows(results) if row]
    print(f"\n{'figure':<46} {'value':>14}  {'target':>12}")
    for figure, value, target, met in rows:
        print(f"{figure:<46} {value:>14}  {target:>12}  {'' if met is None else 'met' if met else 'MISSED'}")
    for part in ("baseline", "drain", "drain2", "backfill", "backfill2", "replay", "lookups"):
        if part in results:
            _print_cpu(part, results[part])
    print("\n" + "  ".join(f"{name}: {value}" for name, value in results["conditions"].items() if not isinstance(value, dict)))


def _rows(results):
    figure = _Figures(results)
    yield figure("baseline", "events_per_sec", "drain, batches of one, 1 worker, events/s", "{:,.0f}")
    yield figure("drain", "events_per_sec", "drain, 1 worker, events/s", "{:,.0f}", at_least=30_000)
    yield figure("drain2", "events_per_sec", "drain, 2 workers, events/s", "{:,.0f}", at_least=50_000)
    if "baseline" in results and "drain" in results:
        ratio = results["drain"]["events_per_sec"] / results["baseline"]["events_per_sec"]
        yield "drain, 1 worker / batches of one", f"{ratio:.1f}", ">= 10", ratio >= 10
    yield figure("backfill", "events_per_sec", "backfill, 1 worker, events/s", "{:,.0f}")
    yield figure("backfill2", "events_per_sec", "backfill, 2 workers, events/s", "{:,.0f}")
    for part, live, workers in (("backfill", "drain", "1 worker"), ("backfill2", "drain2", "2 workers")):
        if part in results and live in results:
            ratio = results[part]["events_per_sec"] / results[live]["events_per_sec"]
            yield f"backfill / drain, {workers}", f"{ratio:.2f}", ">= 1.2", ratio >= 1.2
    yield figure("drain", "wal_bytes", "drain, WAL bytes", "{:,}")
    yield figure("replay", "events_per_sec", "replay, 1 worker, events/s", "{:,.0f}")
    yield figure("replay", "rows_updated", "replay, rows updated", "{:,}", at_most=0)
    yield figure("replay", "wal_bytes", "replay, WAL bytes", "{:,}")
    yield figure("freshness", "events_per_sec", "freshness, events/s sent", "{:,.0f}")
    yield figure("freshness", "p50_ms", "freshness p50, ms", "{:.1f}")
    yield figure("freshness", "p95_ms", "freshness p95, ms", "{:.1f}")
    yield figure("freshness", "p99_ms", "freshness p99, ms", "{:.1f}", at_most=30)
    yield figure("lookups", "lookups_per_sec", "lookups with audit /s", "{:,.0f}", at_least=6_000)
    yield figure("lookups", "p50_ms", "lookups p50, ms", "{:.2f}")
    yield figure("lookups", "p99_ms", "lookups p99, ms", "{:.2f}", at_most=20)
    yield figure("lookups", "errors", "lookups, errors", "{:,}", at_most=0)
    consumer = [part["consumer_peak_mib"] for part in results.values() if "consumer_peak_mib" in part]
    if consumer:
        yield "consumer, peak RSS of all parts, MiB", f"{max(consumer):.0f}", "<= 100", max(consumer) <= 100
    yield figure("lookups", "api_peak_mib", "API, peak RSS, MiB", "{:.0f}", at_most=100)


class _Figures:
    def __init__(self, results):
        self.results = results

    def __call__(self, part, name, title, form, at_least=None, at_most=None):
        """None when the part was not run."""
        if part not in self.results:
            return None
        value = self.results[part][name]
        if at_least is not None:
            return title, form.format(value), f">= {at_least:,}", value >= at_least
        if at_most is not None:
            return title, form.format(value), f"<= {at_most:,}", value <= at_most
        return title, form.format(value), "", None


def _print_cpu(part, result):
    unit, cpu = next((name, value) for name, value in result.items() if name.startswith("cpu_sec_per_10k"))
    print(f"\nCPU seconds per 10,000 {unit.rsplit('_', 1)[1]}, {part}: "
          + "  ".join(f"{name} {seconds:.3f}" for name, seconds in cpu.items()), end="")
