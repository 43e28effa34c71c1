"""Results as a table, each figure beside its target."""

CPU_PARTS = ("baseline", "drain", "drain2", "hostile", "poison", "backfill", "backfill2", "replay", "replay2", "lookups")

# part, figure of the part, title, form, least or most wanted
FIGURES = (
    ("baseline", "events_per_sec", "drain, batches of one, 1 worker, events/s", "{:,.0f}", None),
    ("drain", "events_per_sec", "drain, 1 worker, events/s", "{:,.0f}", (">=", 45_000)),
    ("drain2", "events_per_sec", "drain, 2 workers, events/s", "{:,.0f}", (">=", 75_000)),
    ("drain", "wal_bytes", "drain, WAL bytes", "{:,}", None),
    ("poison", "events_per_sec", "drain, 1 % poison, 1 worker, events/s", "{:,.0f}", None),
    ("hostile", "events_per_sec", "drain, hostile, 1 worker, events/s", "{:,.0f}", None),
    ("hostile2", "events_per_sec", "drain, hostile, 2 workers, events/s", "{:,.0f}", None),
    ("backfill", "events_per_sec", "backfill, 1 worker, events/s", "{:,.0f}", None),
    ("backfill2", "events_per_sec", "backfill, 2 workers, events/s", "{:,.0f}", None),
    ("replay", "events_per_sec", "replay, 1 worker, events/s", "{:,.0f}", (">=", 150_000)),
    ("replay2", "events_per_sec", "replay, 2 workers, events/s", "{:,.0f}", None),
    ("replay", "rows_updated", "replay, rows updated", "{:,}", ("<=", 0)),
    ("replay", "wal_bytes", "replay, WAL bytes", "{:,}", None),
    ("lookups", "lookups_per_sec", "lookups with audit /s", "{:,.0f}", (">=", 9_000)),
    ("lookups", "p50_ms", "lookups p50, ms", "{:.2f}", None),
    ("lookups", "p99_ms", "lookups p99, ms", "{:.2f}", ("<=", 10)),
    ("lookups", "errors", "lookups, errors", "{:,}", ("<=", 0)),
    ("lookups", "api_peak_mib", "API, peak RSS, MiB", "{:.0f}", ("<=", 100)),
    ("beside", "lookups_per_sec", "lookups of all kinds beside a drain /s", "{:,.0f}", None),
    ("beside", "p95_ms", "  p95, ms", "{:.1f}", ("<=", 50)),
    ("beside", "errors", "  errors", "{:,}", ("<=", 0)),
    ("beside", "events_applied_meanwhile", "  events applied meanwhile", "{:,}", None),
    ("beside", "api_grew_mib", "  API's memory grew by, MiB", "{:.1f}", None),
    ("outage_postgres", "resumed_after_sec", "goes on after PostgreSQL's return, s", "{:.2f}", ("<=", 2)),
    ("outage_kafka", "resumed_after_sec", "goes on after Kafka's return, s", "{:.2f}", ("<=", 2)),
)

# events/s: at most so many ms
FRESHNESS_P99 = {500: 15, 1_000: 30, 5_000: 25}

# part, of which part, title, least
THROUGHPUT_RATIOS = (
    ("drain", "baseline", "drain, 1 worker / batches of one", 10),
    ("poison", "drain", "1 % poison / plain drain", 0.9),
    ("hostile", "drain", "hostile / plain drain, 1 worker", 0.5),
    ("hostile2", "drain2", "hostile / plain drain, 2 workers", 0.5),
    ("backfill", "drain", "backfill / drain, 1 worker", 1.2),
    ("backfill2", "drain2", "backfill / drain, 2 workers", 1.2),
)


def print_table(results):
    print(f"\n{'figure':<46} {'value':>14}  {'target':>12}")
    for title, value, target, met in rows(results):
        print(f"{title:<46} {value:>14}  {target:>12}  {'' if met is None else 'met' if met else 'MISSED'}")
    for part in CPU_PARTS:
        if part in results:
            _print_cpu(part, results[part])
    for part, result in results.items():
        if result.get("errors"):
            print(f"\n{part}: errors {result['errors_by_kind']}", end="")
    print("\n" + "  ".join(f"{name}: {value}" for name, value in results["conditions"].items() if not isinstance(value, dict)))


def rows(results):
    """(title, value, target, whether it is met) of all that was measured."""
    for part, name, title, form, target in FIGURES:
        if part in results:
            yield _row(title, results[part][name], form, target)
    yield from _sweep_rows(results)
    yield from _freshness_rows(results)
    for part, other, title, least in THROUGHPUT_RATIOS:
        if part in results and other in results:
            ratio = results[part]["events_per_sec"] / results[other]["events_per_sec"]
            yield _row(title, ratio, "{:.2f}", (">=", least))
    if "drain" in results:
        cpu = results["drain"]["cpu_sec_per_10k_events"]
        yield _row("drain, CPU of consumer / PostgreSQL", cpu["consumer"] / cpu["postgres"], "{:.2f}", ("<=", 0.25))
    memory = [part["consumer_peak_mib"] for part in results.values() if "consumer_peak_mib" in part]
    if memory:
        yield _row("consumer, peak RSS of all parts, MiB", max(memory), "{:.0f}", ("<=", 100))


def _sweep_rows(results):
    for part, result in results.items():
        if part.startswith("lookups_"):
            yield _row(f"lookups over {result['connections']} connections /s", result["lookups_per_sec"], "{:,.0f}", None)
            yield _row("  p99, ms", result["p99_ms"], "{:.2f}", None)


def _freshness_rows(results):
    for part, result in results.items():
        if part.startswith("freshness_"):
            rate = int(part.removeprefix("freshness_"))
            limit = FRESHNESS_P99.get(rate)
            yield _row(f"freshness at {rate:,} events/s, p50, ms", result["p50_ms"], "{:.1f}", None)
            yield _row(f"freshness at {rate:,} events/s, p99, ms", result["p99_ms"], "{:.1f}", limit and ("<=", limit))
            yield _row("  acknowledged by the broker, p99, ms", result["acknowledged_p99_ms"], "{:.1f}", None)


def _row(title, value, form, target):
    if target is None:
        return title, form.format(value), "", None
    sign, limit = target
    return title, form.format(value), f"{sign} {limit:,}", value >= limit if sign == ">=" else value <= limit


def _print_cpu(part, result):
    unit, cpu = next((name, value) for name, value in result.items() if name.startswith("cpu_sec_per_10k"))
    print(f"\nCPU seconds per 10,000 {unit.rsplit('_', 1)[1]}, {part}: "
          + "  ".join(f"{name} {seconds:.3f}" for name, seconds in cpu.items()), end="")
