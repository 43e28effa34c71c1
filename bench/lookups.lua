-- wrk script: GET /admin/tx/{id} for random ids of the file LOOKUP_IDS; ends with one line of JSON.
local ids = {}

function init()
  for id in io.lines(os.getenv("LOOKUP_IDS")) do
    ids[#ids + 1] = "/admin/tx/" .. id
  end
  math.randomseed(1)
end

function request()
  return wrk.format("GET", ids[math.random(#ids)])
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.3f, "lookups_per_sec": %.1f, "p50_ms": %.3f, "p99_ms": %.3f, "max_ms": %.3f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
