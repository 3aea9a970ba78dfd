-- Forgets the entries of logs; numbers go on. What was cleared by the same token is left alone.
-- ARGV[1]: seconds of a note; then {shelf, workspace, log, token}.
local answers = {}
for number = 2, #ARGV do
  local shelf, workspace, log, token = unpack(cmsgpack.unpack(ARGV[number]))
  local meta = shelf .. 'meta:' .. workspace
  if redis.call('SET', shelf .. 'note:' .. token, '', 'NX', 'EX', cmsgpack.unpack(ARGV[1])) then
    local logs = redis.call('HGET', meta, 'logs')
    local told = logs and logs ~= '' and cmsgpack.unpack(logs)
    if told and told[log] then
      told[log][2] = 0
      redis.call('UNLINK', shelf .. 'log:' .. log .. ':' .. workspace)
      redis.call('HSET', meta, 'logs', cmsgpack.pack(told))
    end
  end
  answers[number - 1] = 1
end
return from_primary(answers)
