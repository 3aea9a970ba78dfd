-- Claims parts of the work in workspaces. Gives for each 1 if it was free or this holder's, else 0.
-- ARGV[1]: nothing; then {shelf, workspace, part, holder, milliseconds}.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local answers = {}
for number = 2, #ARGV do
  local shelf, workspace, part, holder, milliseconds = unpack(cmsgpack.unpack(ARGV[number]))
  local key = shelf .. 'claims:' .. workspace
  local present = redis.call('HGET', key, part)
  local claim = present and cmsgpack.unpack(present)
  answers[number - 1] = 0
  if not claim or claim[1] == holder or claim[2] <= now then
    redis.call('HSET', key, part, cmsgpack.pack({holder, now + milliseconds}))
    if redis.call('PTTL', key) < milliseconds then
      redis.call('PEXPIRE', key, milliseconds)
    end
    answers[number - 1] = 1
  end
end
return from_primary(answers)
