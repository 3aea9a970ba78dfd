-- The beginning of loading. Gives for each its version, the version with which its workspace began,
-- its logs, the token of its last commit and the digests of its pieces, and where they are not too
-- many all fields with their records; false where a workspace is not kept.
-- ARGV[1]: nothing; then {shelf, workspace, records that are not too many}.
local answers = {}
for number = 2, #ARGV do
  local shelf, workspace, most = unpack(cmsgpack.unpack(ARGV[number]))
  local meta, rows = shelf .. 'meta:' .. workspace, shelf .. 'rows:' .. workspace
  local state = redis.call('HMGET', meta, 'version', 'began', 'logs', 'last', 'base')
  local answer = false
  if state[1] then
    local few = redis.call('HLEN', rows) <= most
    answer = {tonumber(state[1]), tonumber(state[2]), state[3] or '', state[4] or '',
      state[5] or '', few and redis.call('HGETALL', rows)}
  end
  answers[number - 1] = answer
end
return from_primary(answers)
