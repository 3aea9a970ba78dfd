-- Entries of logs. Gives for each the version with which its workspace began (0: it is not kept),
-- the number of the first entry and the entries.
-- ARGV[1]: nothing; then {shelf, workspace, log, number after which, how many at most}.
local answers = {}
for number = 2, #ARGV do
  local shelf, workspace, log, after, most = unpack(cmsgpack.unpack(ARGV[number]))
  local key = shelf .. 'log:' .. log .. ':' .. workspace
  local state = redis.call('HMGET', shelf .. 'meta:' .. workspace, 'began', 'logs')
  local told = state[2] and state[2] ~= '' and cmsgpack.unpack(state[2])[log]
  local answer = {tonumber(state[1] or 0), 0, {}}
  if told then
    local before = told[1] - redis.call('LLEN', key)
    local first = math.max(after - before, 0)
    answer[2] = before + first + 1
    answer[3] = redis.call('LRANGE', key, first, first + most - 1)
  end
  answers[number - 1] = answer
end
return from_primary(answers)
