-- wrk script: GET of random lines of the file LOOKUP_PATHS; ends with one line of JSON.
-- They are written once, at the start: the load shares the cores with what is measured.
local requests = {}

function init()
  for path in io.lines(os.getenv("LOOKUP_PATHS")) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
  math.randomseed(1)
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local errors = summary.errors
  local kinds = string.format('{"connect": %d, "read": %d, "write": %d, "status": %d, "later_than_2_s": %d}',
    errors.connect, errors.read, errors.write, errors.status, errors.timeout)
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.3f, "lookups_per_sec": %.1f, "p50_ms": %.3f, "p95_ms": %.3f, "p99_ms": %.3f, "max_ms": %.3f, "errors": %d, "errors_by_kind": %s}\n',
    summary.requests, summary.duration / 1e6, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, kinds))
end
