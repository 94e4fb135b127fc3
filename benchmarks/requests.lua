-- Sends the requests written in the file $REQUESTS one after the other, then tells what came of it as one line.
-- A line of the file: method, path, headers ("Name: value" joined by |), body; parted by tabs.
local requests, nth = {}, 0

function init(args)
  for line in io.lines(os.getenv("REQUESTS")) do
    local method, path, fields, body = line:match("^(%u+)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = {}
    for name, value in fields:gmatch("([%w-]+): ([^|]*)") do headers[name] = value end
    requests[#requests + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
end

function request()
  nth = nth % #requests + 1
  return requests[nth]
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, failed.status,
    failed.connect + failed.read + failed.write + failed.timeout, latency:percentile(50), latency:percentile(99)))
end
