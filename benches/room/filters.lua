-- Questions of the room's API for `wrk`, drawn at random so that few are asked twice: happenings by actor, type, status, days, source, topic and pair, their density, full text, series.
local countries = { "USA", "RUS", "CHN", "FRA", "GBR", "DEU", "UKR", "ISR", "IRN", "IND", "TUR", "JPN", "SAU", "EGY", "POL", "DZA", "MAR", "AZE", "PER", "BTN" }
local types = { "CONSULT", "AGREE", "ACCUSE", "AID", "THREATEN", "REQUEST", "SANCTION", "REJECT", "SUPPORT", "COERCE" }
local statuses = { "occurred", "planned", "denied", "alleged", "ongoing" }
local words = { "president", "visite", "accord", "gas", "ministre", "army", "border" }
local topics = { "sanctions", "gas", "border", "accord", "visite" }

local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init()
  math.randomseed(seed)
end

local function one_of(list)
  return list[math.random(#list)]
end

local function days()
  local month = string.format("%d-%02d", math.random(2019, 2026), math.random(12))
  return "since=" .. month .. "-01", "until=" .. month .. "-28"
end

function request()
  local since, until_ = days()
  local questions = {
    "happenings?actor=" .. one_of(countries) .. "&type=" .. one_of(types) .. "&" .. since,
    "happenings?actor=" .. one_of(countries) .. "&status=" .. one_of(statuses) .. "&limit=" .. math.random(20, 100),
    "happenings?type=" .. one_of(types) .. "&" .. since .. "&" .. until_,
    "happenings?between=" .. one_of(countries) .. "," .. one_of(countries) .. "&limit=" .. math.random(20, 100),
    "happenings?topic=" .. one_of(topics) .. "&" .. since,
    "happenings?source=Reuters&type=" .. one_of(types) .. "&" .. since,
    "density?actor=" .. one_of(countries) .. "&" .. since,
    "search?text=" .. one_of(words) .. "&" .. since,
    "series?between=" .. one_of(countries) .. "," .. one_of(countries) .. "&by=month&" .. since,
  }
  return wrk.format("GET", "/api/v1/" .. one_of(questions))
end

function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format("%d answers, %.0f a second; p50 %.1f ms, p95 %.1f ms, p99 %.1f ms; %d refused, %d failed", summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
